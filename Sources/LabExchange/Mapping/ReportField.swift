internal import LabDomain

/// What of a result a mapping can name.
package enum ReportField: String, CaseIterable, Hashable, Sendable {
    case reportID = "report.id"
    case personID = "person.id"
    case personName = "person.name"
    case documentType = "person.document-type"
    case documentNumber = "person.document-number"
    case sex = "person.sex"
    case birthDate = "person.birth-date"
    case telephone = "person.telephone"
    case address = "person.address"
    case tube = "specimen.tube"
    case testing = "specimen.testing"
    case people = "specimen.people"
    case place = "specimen.place"
    case unit = "unit.name"
    case laboratoryName = "laboratory.name"
    case laboratoryNumber = "laboratory.number"
    case collectedAt = "times.collected"
    case receivedAt = "times.received"
    case testedAt = "times.tested"
    case releasedAt = "times.released"
    case outcome = "result.outcome"
    case assay = "result.assay"
    case kit = "result.kit"

    /// How a specimen was tested, as `specimen.testing` says it.
    package enum Testing: String, CaseIterable, Hashable, Sendable {
        case alone
        case mixedTube = "mixed-tube"
        case laboratoryPool = "laboratory-pool"
        case environment
    }

    /// What kind of value the field has.
    package enum Kind: Hashable, Sendable {
        case text
        case number
        case day
        case time
        /// One of these words.
        case code([String])
    }

    /// The kind of the field's values.
    package var kind: Kind {
        switch self {
        case .documentType: .code(DocumentType.allCases.map(\.rawValue))
        case .sex: .code(Sex.allCases.map(\.rawValue))
        case .testing: .code(Testing.allCases.map(\.rawValue))
        case .outcome: .code(Outcome.allCases.map(\.rawValue))
        case .people: .number
        case .birthDate: .day
        case .collectedAt, .receivedAt, .testedAt, .releasedAt: .time
        default: .text
        }
    }

    /// A value of a result.
    enum Value: Hashable {
        case text(String)
        case number(Int)
        case day(CalendarDay)
        case time(Timestamp)
        /// Not known, or nothing that this result has.
        case nothing
    }

    /// The field's value in a result.
    func value(in result: ReportedResult) -> Value {
        let parts = result.parts
        let details = result.person?.details
        switch self {
        case .reportID: return .text(parts.id.text)
        case .personID: return result.person.map { .text($0.id.text) } ?? .nothing
        case .personName: return details.map { .text($0.name) } ?? .nothing
        case .documentType: return details.map { .text($0.document.type.rawValue) } ?? .nothing
        case .documentNumber: return details.map { .text($0.document.number) } ?? .nothing
        case .sex: return details.map { .text($0.sex.rawValue) } ?? .nothing
        case .birthDate: return details?.birthDate.map { .day($0) } ?? .nothing
        case .telephone: return details.map { .text($0.telephone) } ?? .nothing
        case .address: return details.map { .text($0.address) } ?? .nothing
        case .tube: return .text(parts.specimen.tube.text)
        case .testing: return .text(Self.testing(of: result).rawValue)
        case .people: return Self.people(in: result)
        case .place: return result.place.map { .text($0) } ?? .nothing
        case .unit: return .text(parts.unit.name)
        case .laboratoryName: return .text(parts.laboratory.name)
        case .laboratoryNumber: return .text(parts.laboratory.code.text)
        case .collectedAt: return .time(parts.times.collectedAt)
        case .receivedAt: return .time(parts.times.receivedAt)
        case .testedAt: return .time(parts.times.testedAt)
        case .releasedAt: return .time(parts.times.releasedAt)
        case .outcome: return .text(parts.outcome.rawValue)
        case .assay: return .text(parts.method.assay)
        case .kit: return .text(parts.method.kit)
        }
    }

    private static func testing(of result: ReportedResult) -> Testing {
        if result.person == nil { return .environment }
        return switch result.parts.specimen.testing {
        case .alone, .untested: .alone
        case .mixedTube: .mixedTube
        case .laboratoryPool: .laboratoryPool
        }
    }

    private static func people(in result: ReportedResult) -> Value {
        if result.person == nil { return .nothing }
        return switch result.parts.specimen.testing {
        case .alone, .untested: .number(1)
        case .mixedTube(let people): .number(people)
        case .laboratoryPool(_, let size): .number(size)
        }
    }
}
