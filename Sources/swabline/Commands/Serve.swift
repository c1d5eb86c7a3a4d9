import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabWeb
import Logging

/// The pages of a laboratory for browsers.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the laboratory's pages to browsers.",
        discussion: """
            The first start gives the first administrator a one-time password and prints it once. \
            Everybody else gets theirs from an administrator: on the page Staff, or with `swabline \
            person password HANDLE`.

            The server listens on this machine alone. For other machines put a proxy with TLS in \
            front of it (deploy/nginx.conf is one) and say so with --behind-tls.

            Between requests it works by itself: the outbox is sent by the receivers' schedules, \
            forecasts are made seconds after each event and each minute, alerts are checked with \
            each forecast and their channels told, and a forecast is stored now and then so that \
            `turnaround score` can tell how good they are. One program sends at a time: while \
            `report send` or `alert check` works, the server waits.
            """)

    @OptionGroup var files: LaboratoryFiles
    @Option(help: "The address to listen on.")
    var address = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080
    @Flag(help: "Browsers reach the pages through a proxy with TLS: cookies are sent so alone.")
    var behindTls = false
    @Flag(help: "Do not send the outbox: `report send` does.") var noSend = false
    @Flag(help: "Check no alerts and tell no channel: `alert check` does.") var noAlerts = false
    @Option(help: "Minutes from one stored forecast to the next; 0 stores none.")
    var keepForecasts = 60
    @OptionGroup var forecast: ForecastOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
        guard (0...1_440).contains(keepForecasts) else {
            throw ValidationError("--keep-forecasts is 0 to 1440 minutes.")
        }
        let isHere = ["127.0.0.1", "::1", "localhost"].contains(address)
        guard isHere || behindTls else {
            throw ValidationError(
                """
                Passwords must not cross a network in clear: listen on 127.0.0.1 behind a proxy \
                with TLS (deploy/nginx.conf), or say --behind-tls when the proxy is elsewhere.
                """)
        }
    }

    func run() async throws {
        do {
            let laboratory = try Laboratory.open(
                at: files.databasePath, keyFile: files.keyPath, access: .concurrent)
            if let first = try laboratory.issueFirstPassword(at: .now) {
                note("The first administrator signs in once with this password:")
                note("    handle    \(first.handle)")
                note("    password  \(first.password)")
            }
            try await serve(laboratory)
        } catch let code as ExitCode {
            throw code
        } catch {
            try session(try OutputOptions.parse([])) { throw error }
        }
    }

    func serve(_ laboratory: Laboratory) async throws {
        var logger = Logger(label: "swabline")
        logger.logLevel = .notice
        let plan = forecast
        let forecast = SharedForecast(laboratory) { try plan.plan(of: $0) }
        let site = try Site(
            laboratory, options: SiteOptions(isBehindTLS: behindTls), forecast: forecast,
            logger: logger
        ) { .now }
        site.warm()
        let server = WebServer(site, address: address, port: port, logger: logger)
        let worker = JobWorker(laboratory) { .now }
        worker.start()
        defer { worker.stop() }
        let rounds = rounds(laboratory, forecast, logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await rounds.run() }
            try await server.run { port in
                note("Swabline is at http://\(address):\(port)/ (Ctrl-C ends it).")
            }
            group.cancelAll()
        }
    }

    /// What the server does between requests.
    private func rounds(
        _ laboratory: Laboratory, _ forecast: SharedForecast, _ logger: Logger
    ) -> Rounds {
        var options = Rounds.Options()
        options.sendsReports = !noSend
        options.alerts = !noAlerts
        options.keepsEvery = keepForecasts > 0 ? .minutes(keepForecasts) : nil
        return Rounds(
            laboratory, database: files.databasePath, options: options, forecast: forecast,
            now: { .now }, machine: { .now }, seed: { UInt64.random(in: 0 ... .max) },
            environment: { Environment[$0] }, log: { logger.notice("\($0)") })
    }
}
