package import Dispatch

/// Does slow work away from the threads that answer requests.
/// - Parameters:
///   - queue: Where; nil is wherever there is room.
///   - work: What takes its time.
/// - Returns: What the work returns.
/// - Throws: What the work throws.
package func aside<Value: Sendable>(
    on queue: DispatchQueue? = nil, _ work: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        (queue ?? .global(qos: .userInitiated)).async {
            continuation.resume(with: Result { try work() })
        }
    }
}
