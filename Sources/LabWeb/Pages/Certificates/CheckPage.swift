internal import LabDomain
internal import LabOperations

/// The page on which anybody can check a certificate; it names nobody.
struct CheckPage: Hashable, Sendable {
    /// What was found.
    struct Checked: Hashable, Sendable {
        let kind: String
        let sign: String
        /// What it comes to, in one sentence.
        let message: String
        /// That the code itself is the laboratory's, where the holder is another.
        let genuine: String
        /// Result and times; empty unless it is valid.
        let result: String
        /// What was compared, and whether it fits; that nothing was, where nothing was given.
        let compared: [String]

        init(
            _ checked: CheckedCertificate, of text: String, zone: Zone, words: Catalogue
        ) {
            let isValid = checked.standing == .valid
            let isAnothers = isValid && checked.isHolder == false
            let isGood = isValid && !isAnothers
            kind = isGood ? "done" : "refused"
            sign = isGood ? "✓" : "✗"
            genuine = isAnothers ? words.say("check.genuine") : ""
            message =
                if isAnothers {
                    words.say("check.notHolder")
                } else if CertificateText(text) == nil {
                    words.say("check.misread")
                } else if isValid && checked.isHolder == true {
                    words.say("check.validHolder")
                } else {
                    words.word("check", checked.standing)
                }
            compared = isValid ? Self.compared(checked, words) : []
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
        }

        private static func compared(
            _ checked: CheckedCertificate, _ words: Catalogue
        ) -> [String] {
            guard checked.isHolder != nil else { return [words.say("check.nobodyCompared")] }
            let name =
                switch checked.nameFits {
                case true?: "check.nameFits"
                case false?: "check.nameDiffers"
                case nil: "check.nameNotCompared"
                }
            let digits =
                switch checked.digitsFit {
                case true?: "check.digitsFits"
                case false?: "check.digitsDiffers"
                case nil: "check.digitsNotCompared"
                }
            return [words.say(name), words.say(digits)]
        }
    }

    let csrf: String
    let code: String
    let checked: Checked?
    let isTooOften: Bool
}
