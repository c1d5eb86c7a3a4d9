/// What a receiver may want otherwise.
package struct MessageOptions: Sendable {
    /// What the message is for (MSH-11, table 0103).
    package enum Processing: String, CaseIterable, Hashable, Sendable {
        /// Real people's results.
        case production = "P"
        /// Invented people's.
        case training = "T"
        /// A message under examination.
        case debugging = "D"
    }

    /// MSH-11.
    package let processing: Processing
    /// Whether MSH-2 names the truncation character too: NIST's rule ELR-013 asks for it, and
    /// HAPI and hl7apy refuse it.
    package let namesTruncation: Bool
    /// Whether the receiver acknowledges each message (MSH-15, MSH-16, PHLabReport-Ack).
    package let wantsAnswer: Bool
    /// The codes of tests, results and specimens.
    package let codes: CodeTables
    /// The release of Swabline (SFT-2, SFT-4), at most 15 characters.
    package let softwareVersion: String

    /// Options; the standard ones are production, four encoding characters, LOINC and SNOMED CT.
    package init(
        processing: Processing = .production, namesTruncation: Bool = false,
        wantsAnswer: Bool = false, codes: CodeTables = .standard, softwareVersion: String = "0.1"
    ) {
        self.processing = processing
        self.namesTruncation = namesTruncation
        self.wantsAnswer = wantsAnswer
        self.codes = codes
        self.softwareVersion = softwareVersion
    }
}
