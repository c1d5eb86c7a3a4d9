internal import Foundation
internal import HTTPTypes
internal import LabDomain
internal import LabOperations

/// Why an operation was not done, as RFC 9457 writes it (API-4).
struct ApiProblem: Error, Sendable {
    /// The closed list of kinds; each has its status.
    enum Kind: String, CaseIterable, Sendable {
        case malformed
        case noKey = "no-key"
        case notPermitted = "not-permitted"
        case unknown
        case notAllowed = "method-not-allowed"
        case refused
        case exists
        case tooLarge = "too-large"
        case badData = "bad-data"
        case keyReused = "key-reused"
        case failed
        case busy

        var status: HTTPResponse.Status {
            switch self {
            case .malformed: .badRequest
            case .noKey: .unauthorized
            case .notPermitted: .forbidden
            case .unknown: .notFound
            case .notAllowed: .methodNotAllowed
            case .refused, .exists: .conflict
            case .tooLarge: .contentTooLarge
            case .badData, .keyReused: .unprocessableContent
            case .failed: .internalServerError
            case .busy: .serviceUnavailable
            }
        }

        var title: Wording {
            switch self {
            case .malformed: "The request cannot be read."
            case .noKey: "The request bears no key that is known."
            case .notPermitted: "The key's role may not do this."
            case .unknown: "There is nothing under this name."
            case .notAllowed: "The address does not take this method."
            case .refused: "A rule of the laboratory stands against it."
            case .exists: "It is there already."
            case .tooLarge: "The request is too large."
            case .badData: "The data hold faults."
            case .keyReused: "The idempotency key belongs to another request."
            case .failed: "The work could not be done."
            case .busy: "The database is busy."
            }
        }
    }

    let kind: Kind
    let detail: Wording
    let remedy: Wording
    let places: [Refusal.Place]

    init(_ kind: Kind, _ detail: Wording, remedy: Wording = "") {
        self.kind = kind
        self.detail = detail
        self.remedy = remedy
        places = []
    }

    /// A kind that its title says wholly.
    init(_ kind: Kind) { self.init(kind, kind.title) }

    /// An error of the operations; what failed inside is not told.
    init(_ error: any Error) {
        let told = Explanation(error)
        kind = Self.kind(of: error, told.kind)
        detail = kind == .failed ? kind.title : told.message
        remedy = kind == .failed ? "" : told.remedy
        places = told.places
    }

    private static func kind(of error: any Error, _ kind: Explanation.Kind) -> Kind {
        if let refusal = error as? Refusal, refusal.code == .keyReused { return .keyReused }
        return switch kind {
        case .refused: .refused
        case .badData: .badData
        case .unknown: .unknown
        case .exists: .exists
        case .io: .failed
        case .busy: .busy
        case .notPermitted: .notPermitted
        }
    }

    /// A place of what was sent, with what is wrong there.
    struct Place: Encodable, Sendable {
        let line: Int?
        let column: Int?
        let subject: String?
        let code: String
        let message: String
        let remedy: String

        /// A place in the words of a language.
        init(_ place: Refusal.Place, _ site: Site, _ language: Language) {
            (line, column, subject) = (place.line, place.column, place.subject)
            code = place.code
            message = site.say(place.message, language)
            remedy = site.say(place.remedy, language)
        }
    }

    private struct Written: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let remedy: String?
        let places: [Place]?
    }

    /// The problem in the words of a language.
    func json(_ site: Site, _ language: Language) -> [UInt8] {
        let remedy = site.say(remedy, language)
        let places = places.map { Place($0, site, language) }
        return jsonBytes(
            Written(
                type: "urn:swabline:problem:\(kind.rawValue)",
                title: site.say(kind.title, language), status: kind.status.code,
                detail: site.say(detail, language), remedy: remedy.isEmpty ? nil : remedy,
                places: places.isEmpty ? nil : places))
    }
}
