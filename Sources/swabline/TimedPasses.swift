import Foundation

/// How long the passes of a piece of work took, and what memory stood after the first tenth and
/// after the last.
struct TimedPasses: Encodable {
    let passes: Int
    let medianMilliseconds: Double
    let slowestMilliseconds: Double
    /// Resident memory after a tenth of the passes, and after all, in KiB.
    let earlyKiB: Int
    let lateKiB: Int

    var text: String {
        String(
            format:
                "%d passes: median %.1f ms, slowest %.1f ms; %d KiB after a tenth, %d at the end",
            passes, medianMilliseconds, slowestMilliseconds, earlyKiB, lateKiB)
    }

    init(_ passes: Int, _ pass: () throws -> Void) throws {
        var times: [Double] = []
        var early = 0
        let clock = ContinuousClock()
        for number in 1...passes {
            let time = try clock.measure(pass)
            times.append(time / .milliseconds(1))
            if number == max(1, passes / 10) { early = Self.residentKiB }
        }
        times.sort()
        self.passes = passes
        medianMilliseconds = times[passes / 2]
        slowestMilliseconds = times[passes - 1]
        earlyKiB = early
        lateKiB = Self.residentKiB
    }

    private static var residentKiB: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
