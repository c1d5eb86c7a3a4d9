internal import LabDomain
internal import Synchronization

/// The curves of the runs that were looked at last: whoever reviews a run asks for them often, and
/// a file is long to read.
final class KeptCurves: Sendable {
    /// A run of 384 wells takes a few megabytes.
    private static let most = 4
    private let runs = Mutex<[(run: RunID, curves: [RunCurve])]>([])

    subscript(run: RunID) -> [RunCurve]? {
        runs.withLock { runs in runs.first { $0.run == run }?.curves }
    }

    func keep(_ curves: [RunCurve], of run: RunID) {
        runs.withLock { runs in
            runs.removeAll { $0.run == run }
            runs.append((run, curves))
            if runs.count > Self.most { runs.removeFirst() }
        }
    }
}
