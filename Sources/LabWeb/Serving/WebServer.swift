internal import Hummingbird
package import Logging
internal import NIOCore

/// A site on a port.
package struct WebServer: Sendable {
    let site: Site
    let address: String
    let port: Int
    let logger: Logger

    /// A site on an address of this machine; port 0 takes a free one.
    package init(_ site: Site, address: String, port: Int, logger: Logger) {
        self.site = site
        self.address = address
        self.port = port
        self.logger = logger
    }

    /// Answers until the process is asked to end; requests that have begun are answered first.
    package func run(started: @escaping @Sendable (_ port: Int) -> Void) async throws {
        let application = Application(
            router: site.router(),
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: port), serverName: nil),
            onServerRunning: { channel in
                // Its door closes when the process is asked to end: open streams end then too, or
                // the server would wait for them.
                channel.closeFuture.whenComplete { _ in site.changes.close() }
                started(channel.localAddress?.port ?? port)
            },
            logger: logger)
        try await application.runService()
    }
}
