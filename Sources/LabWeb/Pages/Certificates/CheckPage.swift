internal import LabDomain
internal import LabOperations

/// The page on which anybody can check a certificate; it names nobody.
struct CheckPage: Hashable, Sendable {
    /// What was found.
    struct Checked: Hashable, Sendable {
        let kind: String
        let sign: String
        let message: String
        /// Result and times; empty unless it is valid.
        let result: String
        /// Whether the holder fits; empty where nobody was named.
        let holder: String

        init(_ checked: CheckedCertificate, zone: Zone, words: Catalogue) {
            let isGood = checked.standing == .valid && checked.isHolder != false
            kind = isGood ? "done" : "refused"
            sign = isGood ? "✓" : "✗"
            message = words.word("check", checked.standing)
            if let outcome = checked.outcome, let collected = checked.collectedAt,
                let released = checked.releasedAt
            {
                let isFound = outcome == .detected
                result = words.say(
                    "check.result",
                    [
                        "result": words.say(
                            isFound ? "certificate.detected" : "certificate.notDetected"),
                        "collected": zone.minuteText(collected),
                        "released": zone.minuteText(released),
                    ])
            } else {
                result = ""
            }
            holder =
                checked.isHolder.map { words.say($0 ? "check.holder" : "check.notHolder") } ?? ""
        }
    }

    let csrf: String
    let code: String
    let digits: Int
    let checked: Checked?
    let isTooOften: Bool
}
