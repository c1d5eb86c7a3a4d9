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
    let zone: Zone
    let name: String
    let flashes = Flashes()
    let checks = CheckLimits()
    let changes: Changes
    private let catalogues: [Language: Catalogue]
    private let templates: [Language: Templates]
    private let sentences: [Language: Sentences]

    /// The pages of a laboratory; `clock` tells the time of each request.
    package init(
        _ laboratory: Laboratory, options: SiteOptions = SiteOptions(), logger: Logger,
        clock: @escaping @Sendable () -> Timestamp
    ) throws {
        self.laboratory = laboratory
        self.options = options
        self.logger = logger
        self.clock = clock
        changes = Changes { try await laboratory.lastChange() }
        assets = try Assets()
        let settings = try laboratory.rules().settings
        zone = settings.zone
        name = settings.name
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

    /// Every route, in the order of the work.
    package var routes: [Route] {
        doorRoutes + deskRoutes + manifestRoutes + boxRoutes + receptionRoutes + commandRoutes
            + poolRoutes + plateRoutes + labelRoutes + runRoutes + releaseRoutes
            + certificateRoutes + retestRoutes + recollectionRoutes + taskRoutes + resultRoutes
            + boardRoutes + alertRoutes + traceRoutes
            + staffRoutes + assetRoutes
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
