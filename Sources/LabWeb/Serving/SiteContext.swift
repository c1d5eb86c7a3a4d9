package import Hummingbird
package import Logging

/// What travels with a request through the router.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage

    /// The context of a request that came through the network.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }

    /// The context of a request that came without one, as in tests.
    package init(logger: Logger) {
        coreContext = CoreRequestContextStorage(source: Here(logger: logger))
    }

    private struct Here: RequestContextSource {
        let logger: Logger
    }
}
