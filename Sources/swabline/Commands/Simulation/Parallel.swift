import Dispatch
import Foundation
import Synchronization

/// Computes independent things on several cores, and answers in their order.
///
/// What is computed depends on the place alone, so that the number of threads changes nothing.
func inParallel<Result: Sendable>(
    _ count: Int, threads: Int, progress: @escaping @Sendable (_ done: Int) -> Void = { _ in },
    _ work: @escaping @Sendable (_ place: Int) -> Result
) -> [Result] {
    let state = Mutex((next: 0, results: [Int: Result]()))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while true {
            let place = state.withLock { state in
                defer { state.next += 1 }
                return state.next
            }
            guard place < count else { return }
            let result = work(place)
            // Progress is told inside the lock, so that its lines do not mix.
            state.withLock { state in
                state.results[place] = result
                progress(state.results.count)
            }
        }
    }
    let results = state.withLock { $0.results }
    return (0..<count).compactMap { results[$0] }
}

/// A line that is overwritten, on a terminal only.
func overwrite(_ text: String) {
    guard isatty(2) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
}
