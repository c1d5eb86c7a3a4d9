import LabDomain
import LabExchange
import LabXML
import Testing

@Suite struct MessageVersionTests {
    let writer: MessageWriter

    init() throws {
        writer = try MessageWriter()
    }

    static let later = ReportSamples.morning.advanced(by: .hours(30))

    func message(_ version: MessageVersion, _ name: String) throws -> XMLElement {
        try XMLReader.read(try writer.write(try ReportSamples.named(name), version))
    }

    @Test("HL7-9: a correction keeps the order's numbers and has a message number of its own")
    func corrected() throws {
        let first = try message(.first, "single-detected")
        let second = try message(
            MessageVersion(.corrected, number: 2, releasedAt: Self.later), "single-detected")
        #expect(second.texts("OBR.3/EI.1") == first.texts("OBR.3/EI.1"))
        #expect(second.texts("OBX.3/CE.1") == first.texts("OBX.3/CE.1"))
        #expect(second.texts("MSH.10") == ["R-0001-2"])
        #expect(second.texts("OBR.22/TS.1") == ["20210731141500.000+0800"])
        #expect(second.texts("OBR.25") == ["C"])
        #expect(Set(second.texts("OBX.11")) == ["C"])
    }

    @Test("HL7-9: a result of another person is withdrawn, not deleted")
    func withdrawn() throws {
        let message = try message(
            MessageVersion(.withdrawn, number: 2, releasedAt: Self.later), "single-not-detected")
        #expect(message.texts("OBR.25") == ["C"])
        #expect(message.texts("OBX.11") == ["W"])
        #expect(message.texts("OBX.5/CWE.1") == ["260415000"])
    }

    @Test(
        "HL7-9: a specimen that is not tested has no result, and its reason",
        arguments: [
            (RejectReason.leaking, "RB", "HL70490"), (.lost, "lost", "L"),
        ])
    func cancelled(_ reason: RejectReason, _ code: String, _ system: String) throws {
        let message = try message(
            MessageVersion(.cancelled(reason), releasedAt: Self.later), "single-not-detected")
        #expect(message.texts("OBR.25") == ["X"])
        #expect(message.texts("OBX.11") == ["X"])
        #expect(message.texts("OBX.5").isEmpty && message.texts("OBX.8").isEmpty)
        #expect(message.texts("SPM.21/CWE.1") == [code])
        #expect(message.texts("SPM.21/CWE.3") == [system])
    }

    @Test("HL7-9: a positive pool that is told early is preliminary and names one tube only")
    func preliminary() throws {
        let message = try message(
            MessageVersion(.preliminaryPool), "pool-member-not-detected")
        #expect(message.texts("OBR.25") == ["P"] && message.texts("OBX.11") == ["P"])
        #expect(message.texts("OBX.5/CWE.1") == ["462371000124108"])
        #expect(message.texts("OBX.8") == ["A"])
        #expect(message.texts("SPM.11/CWE.1") == ["L"] && message.texts("SPM.13") == ["5"])
        #expect(message.texts("SPM.2/EIP.2/EI.1") == ["POOL-0007"])
        #expect(message.texts("SPM.3/EIP.2/EI.1") == ["9000000001"])
    }

    @Test("HL7-9: the test of a member points back at its pool's order")
    func retest() throws {
        let pool = MessageVersion.Pool(id: PoolID("POOL-0007"), size: 5)
        let message = try message(MessageVersion(.final, number: 2, pool: pool), "single-detected")
        #expect(message.texts("OBR.1") == ["1", "2"])
        let numbers = message.texts("OBR.3/EI.1")
        #expect(Set(numbers).count == 2 && numbers[1] == "9000000001")
        #expect(message.texts("OBR.25") == ["P", "F"])
        #expect(message.texts("OBR.26/PRL.2") == ["1"])
        #expect(message.texts("OBR.29/EIP.2/EI.1") == [numbers[0]])
        #expect(message.texts("SPM.11/CWE.1") == ["L", "P"])
    }

    @Test(
        "HL7-10: the same report in pipes says what it says in XML",
        arguments: ReportSamples.cases)
    func twins(_ name: String) throws {
        let report = try ReportSamples.named(name)
        let er7 = try writer.write(report, as: .er7)
        let xml = try writer.write(report)
        #expect(try HL7Transcoder.transcode(er7).bytes == xml)
        #expect(try HL7Transcoder.transcode(xml).bytes == er7)
        #expect(!er7.contains(0x0A) && er7.last == 0x0D)
    }

    @Test("HL7-10: a receiver that answers each message is asked to")
    func acknowledged() throws {
        let writer = try MessageWriter(options: MessageOptions(wantsAnswer: true))
        let message = try XMLReader.read(try writer.write(try ReportSamples.report()))
        #expect(message.texts("MSH.21/EI.1") == ["PHLabReport-Ack"])
        #expect(message.texts("MSH.15") == ["AL"] && message.texts("MSH.16") == ["AL"])
    }
}
