package import LabExchange

/// What a check of a file of HL7 messages or FHIR bundles found; needs no laboratory.
package struct CheckedMessages: Codable, Sendable {
    /// How many messages the file holds.
    package let messages: Int
    /// Everything that is wrong, message by message.
    package let findings: [HL7Finding]

    /// What a receiver that keeps to the profile may refuse.
    package var errors: Int { findings.count { $0.level == .error } }

    /// Checks a file; its content says whether it is ER7, v2.xml or FHIR.
    /// - Throws: `Refusal` when the file cannot be read at all.
    package init(_ file: [UInt8]) throws(Refusal) {
        let isFHIR = FHIRCheck.isFHIR(file)
        do throws(HL7Fault) {
            (messages, findings) =
                isFHIR
                ? try FHIRCheck().findings(in: file) : try MessageCheck().findings(in: file)
        } catch {
            throw Refusal(
                unreadable: error,
                isFHIR ? "The file is no FHIR bundle." : "The file is no HL7 message.")
        }
    }
}
