internal import LabStore
internal import Synchronization

/// The rules as they were read last: a server asks for them with every request.
final class KeptRules: Sendable {
    private let last = Mutex<Rules?>(nil)

    /// The rules that a picture of the database holds.
    func rules(in view: StoreView) throws -> Rules {
        if let known = last.withLock({ $0 }), try known.areStill(in: view) { return known }
        let read = try Rules(in: view)
        last.withLock { $0 = read }
        return read
    }
}
