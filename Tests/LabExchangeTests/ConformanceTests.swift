import LabDomain
import Testing

@testable import LabExchange

/// Programs and rules that nobody here wrote.
enum Validators {
    static let linter = Fixtures.program("xmllint")
    static let python = Fixtures.program("python3")
    static let rules = Fixtures.shared("tools/hl7/elr_conformance.py")
    static let profile = Fixtures.shared("reference/elr-profiles/nist-elr-2.5.1.xml")

    static var haveRules: Bool {
        python != nil && Fixtures.isReadable(rules) && Fixtures.isReadable(profile)
    }
}

/// What validators say that nobody here wrote.
@Suite struct ConformanceTests {
    @Test(
        "REP-15: xmllint accepts every kind of message under the schema that we ship",
        .enabled(if: Validators.linter != nil || Fixtures.isCI, "xmllint is not installed"),
        arguments: ReportSamples.cases)
    func shippedSchema(_ name: String) throws {
        let program = try #require(Validators.linter, "xmllint is missing; install libxml2-utils")
        let shipped = "\(Fixtures.package)/Sources/LabExchange/Schemas/oru_r01-2.5.1-elr.xsd"
        let message = try MessageWriter().write(try ReportSamples.named(name))
        let answer = try Fixtures.run(
            program, ["--noout", "--nonet", "--schema", shipped], on: message)
        #expect(answer.status == 0, "\(answer.words)")
    }

    @Test(
        "REP-15: NIST's rules of the ELR profile find nothing, or ELR-013 alone by our choice",
        .enabled(if: Validators.haveRules, "python3 or NIST's profile is absent"),
        arguments: ReportSamples.cases, [true, false])
    func nist(_ name: String, _ namesTruncation: Bool) throws {
        let program = try #require(Validators.python)
        let writer = try MessageWriter(options: MessageOptions(namesTruncation: namesTruncation))
        let message = try writer.write(try ReportSamples.named(name))
        let answer = try Fixtures.run(program, [Validators.rules, Validators.profile], on: message)
        let findings = answer.words.split(separator: "\n").dropFirst()
            .map { $0.drop { $0 == " " } }.filter { !$0.hasPrefix("note ") }
        #expect(findings.allSatisfy { $0.hasPrefix("ELR-013 ") }, "\(answer.words)")
        #expect(findings.count == (namesTruncation ? 0 : 1), "\(answer.words)")
    }

    @Test(
        "REP-16: each message is its golden file, byte by byte",
        arguments: Fixtures.claims(about: "report:"))
    func golden(_ claim: Fixtures.Claim) throws {
        let message = try MessageWriter().write(try ReportSamples.named(claim.input))
        let expected = try Fixtures.bytes(claim.expected)
        let lines = zip(
            message.split(separator: 10, omittingEmptySubsequences: false),
            expected.split(separator: 10, omittingEmptySubsequences: false))
        let first = lines.enumerated().first { $0.element.0 != $0.element.1 }?.offset
        #expect(message == expected, "\(claim.claim): differs from line \((first ?? 0) + 1)")
    }

    @Test("REP-16: every golden file has its row")
    func goldenRows() {
        #expect(Fixtures.claims(about: "report:").count == 3)
    }
}
