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

        var title: String {
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

    /// One faulty place.
    struct Place: Encodable, Sendable {
        let line: Int?
        let column: Int?
        let subject: String?
        let code: String
        let message: String
        let remedy: String
    }

    let kind: Kind
    let detail: String
    var remedy = ""
    var places: [Place] = []

    init(_ kind: Kind, _ detail: String, remedy: String = "", places: [Place] = []) {
        self.kind = kind
        self.detail = detail
        self.remedy = remedy
        self.places = places
    }

    /// An error of the operations in the words of a language.
    init(_ error: any Error, _ site: Site, _ language: Language) {
        let told = Explanation(error)
        kind = Self.kind(of: error, told.kind)
        detail = kind == .failed ? kind.title : site.say(told.message, language)
        remedy = kind == .failed ? "" : site.say(told.remedy, language)
        places = told.places.map {
            Place(
                line: $0.line, column: $0.column, subject: $0.subject, code: $0.code,
                message: site.say($0.message, language), remedy: site.say($0.remedy, language))
        }
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

    private struct Written: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let remedy: String?
        let places: [Place]?
    }

    var json: [UInt8] {
        jsonBytes(
            Written(
                type: "urn:swabline:problem:\(kind.rawValue)", title: kind.title,
                status: kind.status.code, detail: detail, remedy: remedy.isEmpty ? nil : remedy,
                places: places.isEmpty ? nil : places))
    }
}
