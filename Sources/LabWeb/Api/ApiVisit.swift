internal import Foundation
internal import LabDomain
internal import LabOperations
internal import LabStore

/// One request of a program: what is asked, by whom, and when.
struct ApiVisit: Sendable {
    let site: Site
    let actor: Actor
    /// The idempotency key, when one was given.
    let key: String?
    let parameters: [String: String]
    let query: Fields
    let body: [UInt8]
    let language: Language
    let now: Timestamp

    var laboratory: Laboratory { site.laboratory }
    var handle: String { actor.handle }

    /// What stands in a place of the route's path.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// A word of a closed list out of the query; nil where it is not given.
    func choice<Word: RawRepresentable & CaseIterable>(
        _ name: String, of type: Word.Type
    ) throws -> Word? where Word.RawValue == String {
        guard let text = query[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw ApiProblem(
                .malformed, "The parameter `\(name)` is none of its words.",
                remedy: "Give one of: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return word
    }

    /// Whether a parameter of the query is `true`.
    func flag(_ name: String) throws -> Bool {
        switch query[name] {
        case nil, "false": return false
        case "true": return true
        default:
            throw ApiProblem(
                .malformed, "The parameter `\(name)` is neither true nor false.",
                remedy: "Give true or false.")
        }
    }

    /// A whole number out of the query, within bounds.
    func number(_ name: String, in range: ClosedRange<Int>, or usual: Int) throws -> Int {
        guard let text = query[name] else { return usual }
        guard let number = query.number(name), text.utf8.count < 10, range.contains(number) else {
            throw ApiProblem(
                .malformed, "The parameter `\(name)` is no number within its bounds.",
                remedy: "Give \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// An instant out of the query, in the laboratory's zone where it names none.
    func instant(_ name: String) throws -> Timestamp? {
        guard let text = query[name] else { return nil }
        guard let instant = site.zone.instant(from: text) else {
            throw ApiProblem(
                .malformed, "The parameter `\(name)` is no instant.",
                remedy: "Write it such as 2021-08-03T00:00:00+08:00.")
        }
        return instant
    }

    /// A day out of the query.
    func day(_ name: String) throws -> CalendarDay? {
        guard let text = query[name] else { return nil }
        guard let day = CalendarDay(text: text) else {
            throw ApiProblem(
                .malformed, "The parameter `\(name)` is no day.",
                remedy: "Write it such as 2021-08-03.")
        }
        return day
    }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object.
    func read<Body: Decodable>(_ type: Body.Type) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw ApiProblem(.malformed, Self.words(about: error))
        }
    }

    /// What is wrong with a body, by the names of its members and never with what stands there.
    private static func words(about error: any Error) -> Wording {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
                .joined(separator: ".")
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            let member = (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
            return "The member `\(member)` is missing."
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            return "The member `\(path(context))` is of another kind than it must be."
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            return "The member `\(path(context))` is none of its words."
        default: return "The body is no JSON object."
        }
    }

    /// Does a command, once for each key.
    func perform<Asked: Command>(_ command: Asked) async throws -> ApiAnswer {
        let done = try await laboratory.performTogether(
            command, as: handle, key: key.map { "api:\(handle):\($0)" }, at: now)
        return ApiAnswer(json(done.answer), isRepeated: done.isRepeated)
    }

    /// A value as JSON, instants in the laboratory's zone.
    func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let key = Timestamp.zone { encoder.userInfo[key] = site.zone }
        // Only numbers that JSON cannot write would fail here, and no answer holds one.
        guard let data = try? encoder.encode(value) else { return Array("null".utf8) }
        return [UInt8](data)
    }
}

/// A part of a list; `after` of the next request is `next`, nil at the end.
struct ApiPart<Row: Encodable & Sendable>: Encodable, Sendable {
    let rows: [Row]
    let next: String?

    init(_ part: Part<Row>) { self.init(part) { $0 } }

    /// A part whose rows are shown otherwise than they are stored.
    init<Stored: Sendable>(_ part: Part<Stored>, _ show: (Stored) -> Row) {
        rows = part.rows.map(show)
        next = part.next
    }
}

/// A list that has no parts.
struct ApiList<Row: Encodable & Sendable>: Encodable, Sendable {
    let rows: [Row]

    init(_ rows: [Row]) { self.rows = rows }
}
