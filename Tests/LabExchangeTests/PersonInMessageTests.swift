import LabDomain
import LabXML
import Testing

@testable import LabExchange

@Suite struct PersonInMessageTests {
    func message(_ person: Report.Person) throws -> XMLElement {
        let writer = try MessageWriter()
        return try XMLReader.read(try writer.write(try ReportSamples.report(person: person)))
    }

    @Test("REP-11: a person stands under our identifier and the document's, the name whole")
    func person() throws {
        let message = try message(try ReportSamples.person())
        #expect(message.texts("PID.3/CX.1") == ["P-7F3A9C", "103212194603210332"])
        #expect(message.texts("PID.3/CX.5") == ["PI", "NNCHN"])
        #expect(
            message.texts("PID.3/CX.4/HD.2") == ["2.16.840.1.113883.19.4.6", "2.16.156.10011.1.3"])
        #expect(message.texts("PID.5/XPN.1/FN.1") == ["张三"])
        #expect(message.texts("PID.5/XPN.2").isEmpty)
        #expect(message.texts("PID.7/TS.1") == ["19460321"])
        #expect(message.texts("PID.8") == ["M"])
    }

    @Test(
        "REP-11: each kind of document has its code of table 0203",
        arguments: [
            (DocumentType.residentID, "162169194502078339", "NNCHN"),
            (.passport, "E00000000", "PPN"),
            (.hongKongMacaoPermit, "H00000000", "U"), (.taiwanPermit, "00000000", "U"),
            (.foreignResidencePermit, "ABC000000000000", "PRC"),
            (.birthCertificate, "A000000000", "BR"), (.other, "X1", "U"),
        ])
    func documents(_ type: DocumentType, _ number: String, _ code: String) throws {
        let message = try message(try ReportSamples.person(type, number: number))
        #expect(message.texts("PID.3/CX.5") == ["PI", code])
        #expect(message.texts("PID.3/CX.1").last == number)
    }

    @Test("REP-12: where no birth date is known, the age is said to be unknown")
    func unknownAge() throws {
        let message = try message(try ReportSamples.person(.passport, number: "E00000000"))
        #expect(message.texts("PID.7").isEmpty)
        #expect(message.texts("PID.8") == ["U"])
        let specimen = try #require(message.descendants(named: "ORU_R01.SPECIMEN").first)
        #expect(specimen.texts("OBX.3/CE.1") == ["35659-2"])
        #expect(specimen.texts("OBX.11") == ["X"])
        #expect(specimen.texts("OBX.5").isEmpty)
        let day = try #require(CalendarDay(year: 1988, month: 5, day: 7))
        let known = try self.message(
            try ReportSamples.person(.passport, number: "E00000000", sex: .female, born: day))
        #expect(known.texts("PID.7/TS.1") == ["19880507"])
        #expect(known.texts("PID.8") == ["F"])
        #expect(known.texts("ORU_R01.SPECIMEN/OBX").isEmpty)
    }

    @Test("REP-13: addresses have no American parts, and what is not known is left out")
    func places() throws {
        let message = try message(try ReportSamples.person())
        #expect(message.texts("PID.11/XAD.1/SAD.1") == ["新华街1号"])
        #expect(message.texts("PID.11/XAD.6") == ["CHN"])
        #expect(message.texts("OBX.24/XAD.2") == ["苏州"])
        for part in ["XAD.4", "XAD.5", "XAD.9"] {
            #expect(message.descendants(named: part).isEmpty)
        }
        #expect(message.texts("ORC.22/XAD.1").isEmpty)
        #expect(message.texts("ORC.23/XTN.9") == ["of the laboratory"])
        let silent = try self.message(try ReportSamples.person(telephone: "", address: ""))
        #expect(silent.texts("PID.11").isEmpty && silent.texts("PID.13").isEmpty)
    }

    @Test(
        "REP-13: a telephone is taken apart only where its form says how",
        arguments: [
            ("13800000001", "86", "138", "00000001", ""),
            ("+86 138-0000-0001", "86", "138", "00000001", ""),
            ("0512-65120001", "86", "512", "65120001", ""),
            ("(010) 65120001", "86", "10", "65120001", ""),
            ("+86 21 65120001", "86", "21", "65120001", ""),
            ("65120001", "", "", "", "65120001"), ("00441234567890", "", "", "", "00441234567890"),
            ("+1 404 555 0000", "", "", "", "+1 404 555 0000"),
        ])
    func telephones(
        _ text: String, _ country: String, _ area: String, _ local: String, _ whole: String
    ) {
        let number = TelephoneNumber(text)
        #expect(
            [number.country, number.area, number.local, number.unparted]
                == [country, area, local, whole])
    }
}
