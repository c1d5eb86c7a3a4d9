internal import Foundation
internal import LabDomain
internal import LabExchange

/// What a receiver said about a message, as it is kept sealed: it may quote a value.
package struct ReceiverWords: Codable, Hashable, Sendable {
    /// One thing that it found wrong.
    package struct Finding: Codable, Hashable, Sendable {
        /// The place as the receiver names it, such as `PID-3.4`.
        package let place: String
        /// What stands in that field; empty where it is not one of ours.
        package let field: String
        package let code: String
        package let severity: String
        package let words: String
    }

    /// MSA-3.
    package let words: String
    package let findings: [Finding]

    private static let mostFindings = 20
    private static let mostCharacters = 500

    /// The words of an answer, as many as a person reads.
    init(_ answer: Acknowledgement) {
        func cut(_ text: String) -> String { String(text.prefix(Self.mostCharacters)) }
        words = cut(answer.words)
        findings = answer.findings.prefix(Self.mostFindings).map { finding in
            Finding(
                place: cut(finding.place), field: MessageFields.name(of: finding.place) ?? "",
                code: cut(finding.code), severity: cut(finding.severity),
                words: cut(finding.words))
        }
    }

    /// Words that were kept; nil when they are none.
    init?(kept bytes: [UInt8]) {
        guard let words = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            return nil
        }
        self = words
    }

    /// As they are kept.
    var kept: [UInt8] { Array(json(self).utf8) }

    /// The first place that is one of HL7's and so holds no value.
    var firstPlace: String? {
        findings.map(\.place).first { MessageFields.isPlace($0) }
    }
}
