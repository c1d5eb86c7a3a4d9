internal import LabDomain
internal import Synchronization

/// How often certificates may be checked by whoever is not known.
///
/// A code cannot be guessed; with a code in hand, somebody could try digits until they fit. So each
/// code's holder is compared a few times an hour, and all checks together have a limit a minute.
final class CheckLimits: Sendable {
    /// Comparisons of one certificate's holder in an hour.
    static let comparisons = 10
    /// Checks in a minute, of everybody together.
    static let checks = 600

    private struct Counts {
        var minute: Int64 = 0
        var checks = 0
        var hour: Int64 = 0
        var comparisons: [String: Int] = [:]
    }

    private let counts = Mutex(Counts())

    /// Counts a check, and says whether it may be made.
    func admits(_ code: String, comparesHolder: Bool, at now: Timestamp) -> Bool {
        let key = CertificateText(code)?.code.text ?? ""
        return counts.withLock { counts in
            let (minute, hour) = (now.milliseconds / 60_000, now.milliseconds / 3_600_000)
            if counts.minute != minute { (counts.minute, counts.checks) = (minute, 0) }
            if counts.hour != hour { (counts.hour, counts.comparisons) = (hour, [:]) }
            counts.checks += 1
            guard counts.checks <= Self.checks else { return false }
            guard comparesHolder, !key.isEmpty else { return true }
            counts.comparisons[key, default: 0] += 1
            return counts.comparisons[key, default: 0] <= Self.comparisons
        }
    }
}
