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
            The first start gives the first administrator a one-time password and prints it once.
            Everybody else gets theirs from an administrator: on the page Staff, or with
            `swabline person password HANDLE`.

            The server listens on this machine alone. For other machines put a proxy with TLS in
            front of it (deploy/nginx.conf is one) and say so with --behind-tls.
            """)

    @OptionGroup var files: LaboratoryFiles
    @Option(help: "The address to listen on.")
    var address = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8080
    @Flag(help: "Browsers reach the pages through a proxy with TLS: cookies are sent so alone.")
    var behindTls = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("A port is a number from 0 to 65535.")
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
        let site = try Site(
            laboratory, options: SiteOptions(isBehindTLS: behindTls), logger: logger
        ) { .now }
        let server = WebServer(site, address: address, port: port, logger: logger)
        let worker = JobWorker(laboratory) { .now }
        worker.start()
        defer { worker.stop() }
        try await server.run { port in
            note("Swabline is at http://\(address):\(port)/ (Ctrl-C ends it).")
        }
    }
}
