import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// One look at all clocks and the forecast, for a laboratory without a server.
struct AlertCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look once at all clocks and the forecast, and tell who must be told.",
        discussion: """
            For a timer of the system, each minute, where `swabline serve` does not run. What a \
            channel does not take is sent again by the next look.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var forecast: ForecastOptions
    @Flag(help: "Only look: send nothing to channels.") var noSend = false

    private struct Answer: Encodable {
        let check: AlertCheck
        let sent: SentAlerts?
    }

    func run() throws {
        try session(options, output) { laboratory, handle in
            let lock = try laboratory.lockAlerts(beside: options.files.databasePath)
            defer { lock.release() }
            let risks = try laboratory.forecastRisks(
                try forecast.plan(of: laboratory), at: .now, as: handle)
            let check = try laboratory.checkAlerts(.now, risks: risks, as: handle)
            var random = SystemRandomNumberGenerator()
            let sent =
                try noSend
                ? nil
                : laboratory.sendAlerts(as: handle, clock: { .now }, using: &random) {
                    Environment[$0]
                }
            try show(Answer(check: check, sent: sent), output, in: laboratory, text: text)
        }
    }

    private func text(_ answer: Answer) -> String {
        let check = answer.check
        var words = "\(check.raised) raised, \(check.escalated) escalated, \(check.changed) changed"
        if let sent = answer.sent {
            words += "; \(count(sent.arrived, "message")) arrived, \(sent.retried) to be sent again"
        }
        if let jump = check.jumpSeconds {
            words +=
                "\nThe clock has jumped by \(count(jump, "second")); deadlines are judged by "
                + "the time that it should show until the alert is acknowledged."
        }
        return words
    }
}

extension MachineClock {
    /// What the system's clocks say.
    static var now: MachineClock {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
        return MachineClock(
            wall: .now,
            uptime: Span(
                milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000),
            boot: boot.map {
                String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            } ?? "")
    }
}
