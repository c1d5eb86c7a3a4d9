internal import Foundation
package import LabDomain
package import LabOperations
package import Logging
internal import Synchronization

/// The pages of one laboratory: everything that answers requests, without a network.
package struct Site: Sendable {
    package let laboratory: Laboratory
    package let options: SiteOptions
    let logger: Logger
    let clock: @Sendable () -> Timestamp
    let assets: Assets
    private let heading: Heading
    let flashes = Flashes()
    let held = HeldFiles()
    let checks = CheckLimits()
    let changes: Changes
    package let forecast: SharedForecast
    let lookingBack = Beside()
    let paths = KnownPaths()
    private let catalogues: [Language: Catalogue]
    private let templates: [Language: Templates]
    private let sentences: [Language: Sentences]

    /// The pages of a laboratory; `clock` tells the time of each request.
    ///
    /// `forecast` is the one that the server's rounds keep up to date.
    package init(
        _ laboratory: Laboratory, options: SiteOptions = SiteOptions(),
        forecast: SharedForecast? = nil, logger: Logger,
        clock: @escaping @Sendable () -> Timestamp
    ) throws {
        self.laboratory = laboratory
        self.options = options
        self.logger = logger
        self.clock = clock
        let forecast = forecast ?? SharedForecast(laboratory)
        self.forecast = forecast
        changes = Changes { forecast.change(try await laboratory.lastChange()) }
        assets = try Assets()
        let settings = try laboratory.rules().settings
        heading = Heading(zone: settings.zone, name: settings.name)
        var catalogues: [Language: Catalogue] = [:]
        var templates: [Language: Templates] = [:]
        var sentences: [Language: Sentences] = [:]
        for language in Language.allCases {
            let catalogue = try Catalogue(language)
            catalogues[language] = catalogue
            templates[language] = try Templates(catalogue)
            sentences[language] = try Sentences(language)
        }
        self.catalogues = catalogues
        self.templates = templates
        self.sentences = sentences
    }

    /// The laboratory's zone and name as its settings have them.
    var zone: Zone { heading.zone }
    var name: String { heading.name }

    /// Takes zone and name out of the settings in force: they were changed.
    func readHeading() throws {
        let settings = try laboratory.rules().settings
        heading.take(zone: settings.zone, name: settings.name)
    }

    /// Every route, in the order of the work.
    package var routes: [Route] {
        doorRoutes + deskRoutes + manifestRoutes + boxRoutes + receptionRoutes + commandRoutes
            + poolRoutes + plateRoutes + labelRoutes + runRoutes + controlRoutes + assayRoutes
            + releaseRoutes
            + certificateRoutes + retestRoutes + recollectionRoutes + taskRoutes + resultRoutes
            + boardRoutes + alertRoutes + outboxRoutes + turnaroundRoutes + traceRoutes
            + plannerRoutes
            + staffRoutes + placeRoutes + deviceRoutes + receiverRoutes + laboratoryRoutes
            + assetRoutes
    }

    func words(in language: Language) -> Catalogue {
        // Both are read when the site is made.
        guard let catalogue = catalogues[language] else {
            preconditionFailure("A language without a catalogue.")
        }
        return catalogue
    }

    /// What an operation says, in the reader's language and without commands of the shell.
    func say(_ wording: Wording, _ language: Language) -> String {
        sentences[language]?.say(wording) ?? wording.text
    }

    func render(_ model: Any, _ template: String, in language: Language) throws -> String {
        guard let templates = templates[language] else { throw CocoaError(.fileNoSuchFile) }
        return try templates.render(model, template)
    }
}

/// What every page shows of the laboratory's settings.
private final class Heading: Sendable {
    private let kept: Mutex<(zone: Zone, name: String)>

    init(zone: Zone, name: String) { kept = Mutex((zone, name)) }

    var zone: Zone { kept.withLock { $0.zone } }
    var name: String { kept.withLock { $0.name } }

    func take(zone: Zone, name: String) { kept.withLock { $0 = (zone, name) } }
}

/// How a site is reached.
package struct SiteOptions: Hashable, Sendable {
    /// Whether browsers reach it through TLS: cookies are then sent through TLS alone.
    package let isBehindTLS: Bool

    /// A site behind a proxy with TLS, or one on this machine alone.
    package init(isBehindTLS: Bool = false) {
        self.isBehindTLS = isBehindTLS
    }
}

/// Words about what was done, until the next page shows them.
final class Flashes: Sendable {
    /// So many are kept at most: whoever never looks at the next page loses a word, no more.
    private static let most = 1_000
    private let waiting = Mutex<[String: Flash]>([:])

    func leave(_ flash: Flash, for secret: String) {
        waiting.withLock {
            if $0.count >= Self.most { $0.removeAll() }
            $0[secret] = flash
        }
    }

    func take(for secret: String) -> Flash? { waiting.withLock { $0.removeValue(forKey: secret) } }
}

/// Who may look at which page: rows of long tables ask it again and again.
final class KnownPaths: Sendable {
    private let known = Mutex<[String: Route.Access]?>(nil)

    func access(to path: String, on site: Site) -> Route.Access? {
        known.withLock { known in
            if let known { return known[path] }
            let looks = site.routes.filter { $0.method == .get }
            let read = Dictionary(looks.map { ($0.path, $0.access) }) { first, _ in first }
            known = read
            return read[path]
        }
    }
}
