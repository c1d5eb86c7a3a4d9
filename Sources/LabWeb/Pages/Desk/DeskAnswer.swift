internal import Foundation
internal import LabDomain
internal import LabOperations

/// What a desk's queue sends: what was done there, in its order.
struct DeskRequest: Decodable, Sendable {
    /// A person as the page names them.
    struct Person: Decodable, Sendable {
        let name: String
        let type: String?
        let number: String
        let sex: String?
        let born: String?
        let telephone: String?
        let address: String?
    }

    struct Entry: Decodable, Sendable {
        /// The idempotency key that the page gave it.
        let key: String
        let sequence: Int
        let by: String
        let device: Int64
        /// The laboratory's clock minus the device's, where it was measured before the entry.
        let offset: Int64?
        let kind: Kind
        let tube: String
        let ratio: Int?
        let risk: String?
        let unit: String?
        let site: String?
        let box: String?
        let person: Person?
        let of: Int?
        let counted: Int?
        let reason: String?

        enum Kind: String, Decodable, Sendable {
            case bind
            case undo
            case close
            case reopen
        }
    }

    static let most = 50

    let desk: String
    /// The device's clock when it sent this.
    let sentAt: Int64
    let entries: [Entry]

    /// Reads a request; nil when it is no such thing.
    init?(_ body: [UInt8]) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(body)),
            DeskEntry.isDesk(read.desk), read.entries.count <= Self.most,
            Self.isTime(read.sentAt), read.entries.allSatisfy(Self.isSound)
        else { return nil }
        self = read
    }

    private static func isSound(_ entry: Entry) -> Bool {
        (8...64).contains(entry.key.utf8.count) && isTime(entry.device)
            && isTime(entry.offset ?? 0) && (1...1_000_000_000).contains(entry.sequence)
            && (0...1_000).contains(entry.counted ?? 0)
            && entry.act != nil
    }

    /// So far away no time lies, and so wrong no clock is: sums of two do not overflow.
    private static func isTime(_ milliseconds: Int64) -> Bool {
        milliseconds.magnitude < 1 << 53
    }
}

extension DeskRequest.Entry {
    /// What was done; nil when something is missing.
    var act: DeskEntry.Act? {
        switch kind {
        case .bind:
            guard let person, let risk = RiskClass(rawValue: risk ?? "") else { return nil }
            return .bind(
                .init(
                    ratio: ratio ?? 0, risk: risk, unit: unit ?? "", site: site ?? "",
                    box: box ?? "",
                    person: DeskPerson(
                        name: person.name, documentType: person.type ?? "",
                        documentNumber: person.number, sex: person.sex ?? "",
                        birthDate: person.born ?? "", telephone: person.telephone ?? "",
                        address: person.address ?? "")))
        case .undo: return of.map { .undo(of: $0) }
        case .close:
            return counted.map { counted in
                .close(counted: counted, reason: reason.flatMap(DeskCloseReason.init(rawValue:)))
            }
        case .reopen: return .reopen
        }
    }
}

/// The answers to a desk's entries, already worded.
struct DeskAnswers: Encodable, Sendable {
    struct One: Encodable, Sendable {
        let sequence: Int
        let kind: ScanAnswer.Kind
        let title: String
        let message: String
        let isCorrected: Bool
        /// Another tube into which the person was swabbed shortly before.
        var again: String?
        /// Whether the tube that was to be opened again stays closed.
        var isOnItsWay: Bool?
    }

    var answers: [One] = []
    /// The number that is due, when an entry came before its time.
    var due: Int?
    /// Why the rest waits.
    var stopped: String?
}

/// Whoever sends a desk's queue: the desk's page, or a program.
struct DeskSender: Sendable {
    let site: Site
    let handle: String
    let language: Language
    let now: Timestamp

    private var laboratory: Laboratory { site.laboratory }
    private var words: Catalogue { site.words(in: language) }
}

extension Visit {
    /// Takes a desk's entries as the page sends them.
    func take(_ request: DeskRequest) async throws -> DeskAnswers {
        try await DeskSender(site: site, handle: handle, language: language, now: now)
            .take(request)
    }
}

extension ApiVisit {
    /// Whoever sends a desk's queue with a key.
    var desk: DeskSender {
        DeskSender(site: site, handle: handle, language: language, now: now)
    }
}

extension DeskSender {
    /// Takes a desk's entries one after the other, as far as they can be taken.
    func take(_ request: DeskRequest) async throws -> DeskAnswers {
        var answers = DeskAnswers()
        let sending = Span(milliseconds: now.milliseconds - request.sentAt)
        for entry in request.entries {
            guard let act = entry.act else { continue }
            do {
                let taken = try await laboratory.performTogether(
                    TakeDeskEntry(
                        DeskEntry(
                            desk: request.desk, sequence: entry.sequence, by: entry.by,
                            device: Timestamp(milliseconds: entry.device), tube: entry.tube,
                            act: act),
                        offset: entry.offset.map { Span(milliseconds: $0) } ?? sending),
                    as: handle, key: "desk:\(request.desk):\(entry.key)", at: now
                ).answer
                answers.answers.append(words(about: taken, entry))
            } catch let refusal as Refusal {
                answers.due = refusal.places.first { $0.code == "desk-order" }?.line
                answers.stopped = [refusal.message, refusal.remedy]
                    .map { site.say($0, language) }.joined(separator: " ")
                return answers
            }
        }
        return answers
    }

    private func words(
        about answer: TakeDeskEntry.Answer, _ entry: DeskRequest.Entry
    ) -> DeskAnswers.One {
        let (kind, title) = judged(answer)
        var message = words.count("deskAnswer.people", answer.people)
        if let cause = answer.cause {
            message =
                words.word("deskCause", cause) + words.say("place.joint")
                + words.say("deskAnswer.settle")
        } else if let again = answer.again {
            message = words.say("deskAnswer.again", ["tube": again.text])
        } else if let passed = answer.passed {
            message = words.word("deskPassed", passed)
        }
        return DeskAnswers.One(
            sequence: entry.sequence, kind: kind, title: title, message: message,
            isCorrected: answer.isCorrected,
            again: answer.outcome == .bound ? answer.again?.text : nil,
            isOnItsWay: answer.passed == .onItsWay ? true : nil)
    }

    private func judged(_ answer: TakeDeskEntry.Answer) -> (ScanAnswer.Kind, String) {
        let title = words.word("deskOutcome", answer.outcome)
        switch answer.outcome {
        case .bound where answer.cause != nil: return (.warn, title)
        case .bound where answer.again != nil: return (.again, title)
        case .bound, .registered: return (.good, title)
        case .held: return (.bad, title)
        case .undone, .discarded, .reopened: return (.undone, title)
        case .passed where answer.passed == .onItsWay: return (.bad, title)
        case .passed: return (.again, title)
        }
    }
}
