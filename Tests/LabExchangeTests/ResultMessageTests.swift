import LabDomain
import LabXML
import Testing

@testable import LabExchange

@Suite struct ResultMessageTests {
    let writer: MessageWriter

    init() throws {
        writer = try MessageWriter()
    }

    func message(_ report: Report) throws -> XMLElement {
        try XMLReader.read(try writer.write(report))
    }

    @Test("REP-5: the same report gives the same bytes, and its identifier names the message")
    func pure() throws {
        let report = try ReportSamples.named("single-detected")
        let bytes = try writer.write(report)
        #expect(try writer.write(report) == bytes)
        let message = try XMLReader.read(bytes)
        #expect(message.texts("MSH.10") == ["R-0001"])
        #expect(message.texts("MSH.7/TS.1") == ["20210730161500.000+0800"])
        #expect(message.texts("MSH.21/EI.1") == ["PHLabReport-NoAck"])
        #expect(message.texts("MSH.11/PT.1") == ["P"])
    }

    @Test("REP-6: a message that its schema refuses is held, and the fault repeats no value")
    func held() throws {
        let bad = try ReportSamples.report(person: ReportSamples.person(name: "张\u{1}三"))
        #expect {
            try writer.write(bad)
        } throws: { error in
            let words = "\(error)"
            return words.contains("PID.5") && !words.contains("三") && error is MessageFaults
        }
        let schema = try writer.write(try ReportSamples.report())
        #expect(schema.starts(with: Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8)))
    }

    @Test(
        "REP-7: the order and the overall result are 94500-6, final, with result and flag",
        arguments: [(Outcome.detected, "260373001", "A"), (.notDetected, "260415000", "N")])
    func overall(_ outcome: Outcome, _ code: String, _ flag: String) throws {
        let message = try message(try ReportSamples.report(outcome: outcome))
        #expect(message.texts("OBR.4/CE.1") == ["94500-6"])
        #expect(message.texts("OBX.3/CE.1") == ["94500-6"])
        #expect(message.texts("OBX.2") == ["CWE"])
        #expect(message.texts("OBX.5/CWE.1") == [code])
        #expect(message.texts("OBX.8") == [flag])
        #expect(message.texts("OBX.11") == ["F"])
        #expect(message.texts("OBR.25") == ["F"])
        #expect(message.texts("SPM.11/CWE.1") == ["P"])
        #expect(message.texts("SPM.4/CWE.1") == ["258529004"])
        #expect(message.texts("NTE.3").isEmpty)
    }

    @Test("REP-8: a member of a negative laboratory pool has the pool's result and its own tube")
    func poolMember() throws {
        let message = try message(try ReportSamples.named("pool-member-not-detected"))
        #expect(message.texts("OBX.5/CWE.1") == ["895231008"])
        #expect(message.texts("OBX.8") == ["N"])
        #expect(
            message.texts("NTE.3") == [
                "Tested as an aliquot in laboratory pool POOL-0007.", "Specimens in the pool: 5.",
            ])
        #expect(message.texts("NTE.1") == ["1", "2"])
        #expect(message.texts("SPM.2/EIP.2/EI.1") == ["9000000001"])
        #expect(message.texts("OBR.3/EI.1") == ["9000000001"])
    }

    @Test("REP-9: a member of a mixed tube has a number of their own behind the barcode")
    func mixedTubeMember() throws {
        let message = try message(try ReportSamples.named("mixed-tube-not-detected"))
        #expect(message.texts("OBX.5/CWE.1") == ["260415000"])
        #expect(
            message.texts("NTE.3") == [
                "Swabbed into one mixed tube at the sampling site.", "People in the tube: 10.",
            ])
        for field in ["ORC.2", "ORC.3", "OBR.2", "OBR.3"] {
            #expect(message.texts("\(field)/EI.1") == ["9000000001-P-7F3A9C"])
        }
        #expect(message.texts("SPM.2/EIP.2/EI.1") == ["9000000001"])
    }

    @Test("REP-10: each target with a code says its call, and its cycle where it crossed")
    func targets() throws {
        let message = try message(try ReportSamples.named("clia-laboratory-grey-target"))
        #expect(
            message.texts("OBX.3/CE.1") == [
                "94500-6", "94559-2", "94533-7", "94745-7", "94534-5", "94646-7", "94640-0",
                "94758-0", "96764-6",
            ])
        #expect(message.texts("OBX.1") == (1...9).map(String.init))
        #expect(
            message.texts("OBX.5/CWE.1") == [
                "260373001", "260415000", "419984006", "260373001", "260415000", "260373001",
            ])
        let cycles = message.descendants(named: "OBX.5").filter(\.children.isEmpty).map(\.text)
        #expect(cycles == ["38.50", "36.00", "10.00"])
        #expect(message.texts("OBX.6/CE.1") == Array(repeating: "{Ct_value}", count: 3))
        #expect(message.texts("NTE.3") == ["Cycle threshold of the target N."])
        let detected = try self.message(try ReportSamples.named("single-detected"))
        #expect(!detected.texts("NTE.3").contains { $0.contains("RNase") })
    }

    @Test("REP-14: times and numbers that must agree agree, and every time names its zone")
    func agreement() throws {
        let message = try message(try ReportSamples.named("single-detected"))
        let collected = "20210730081500.000+0800"
        #expect(message.texts("OBR.7/TS.1") == [collected])
        #expect(message.texts("SPM.17/DR.1/TS.1") == [collected])
        #expect(Set(message.texts("OBX.14/TS.1")) == [collected])
        #expect(message.texts("SPM.18/TS.1") == ["20210730101500.000+0800"])
        #expect(Set(message.texts("OBX.19/TS.1")) == ["20210730141500.000+0800"])
        #expect(message.texts("OBR.22/TS.1") == ["20210730161500.000+0800"])
        #expect(message.texts("ORC.2/EI.1") == message.texts("OBR.2/EI.1"))
        #expect(message.texts("ORC.3/EI.1") == message.texts("OBR.3/EI.1"))
        #expect(message.texts("OBR.32/NDL.1/CNN.1") == ["wang.fang"])
        #expect(message.texts("OBR.34/NDL.1/CNN.1") == ["li.wei"])
    }
}
