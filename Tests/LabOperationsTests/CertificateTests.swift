import LabDomain
import LabExchange
import LabProgramme
import LabStore
import Testing

@testable import LabOperations

@Suite("Certificates")
struct CertificateTests {
    /// Tube 1 is detected, tube 2 not, tube 3 is a negative mixed tube of persons 3 to 5 of Unit 2.
    private func released() throws -> Bench {
        let bench = try Bench()
        try bench.perform(
            bench.manifest(
                [
                    bench.row(tube: 1, kind: "1:1", person: 1),
                    bench.row(tube: 2, kind: "1:1", person: 2),
                ]
                    + (3...5).map {
                        bench.row(tube: 3, kind: "5:1", person: $0, unit: "Unit 2")
                    }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let found = Bench.barcode(1)
        for plate in try bench.test(cqs: { $0 == found ? Bench.positive : Bench.negative }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        // Found by the first kit: the second one confirms it.
        for plate in try bench.test(.second, cqs: { _ in Bench.positive }) {
            try bench.perform(ReviewRun(plate: plate), as: Bench.supervisor)
        }
        try bench.perform(Release(.negatives), as: Bench.supervisor)
        try bench.perform(Release(.tubes([found])), as: Bench.supervisor)
        return bench
    }

    private func issue(
        _ bench: Bench, _ tube: Int, person: String? = nil, as handle: String = Bench.supervisor
    ) throws -> IssueCertificate.Answer {
        try bench.perform(IssueCertificate(Bench.barcode(tube), person: person), as: handle)
    }

    @Test("CERT-3: the same result has the same certificate, and others have others")
    func same() throws {
        let bench = try released()
        let code = try issue(bench, 2).code
        #expect(try issue(bench, 2).code == code)
        let mixed = try (3...5).map { try issue(bench, 3, person: Bench.number(of: $0)).code }
        #expect(Set(mixed + [code, try issue(bench, 1).code]).count == 5)
        #expect(try bench.violations.isEmpty)
        #expect(try bench.laboratory.audit(as: Bench.supervisor) { _ in }.isSound)
    }

    @Test("CERT-3: a report's identifier leads to its person's certificate")
    func byReport() throws {
        let bench = try released()
        let person = try issue(bench, 3, person: Bench.number(of: 4)).person
        let printed = try bench.laboratory.certificate(
            try issue(bench, 3, person: person.text).code, as: Bench.supervisor)
        #expect(printed.report.person.id == person)
        #expect(printed.report.person.details.name == "Person 4")
        #expect(throws: Refusal.self) {
            try bench.perform(
                IssueCertificate(printed.report.id.text), as: Bench.supervisor)
        }
    }

    @Test("CERT-4: who is in a mixed tube must be named, and nobody who is not is certified")
    func chosen() throws {
        let bench = try released()
        #expect(throws: Refusal.self) { try issue(bench, 3) }
        #expect(throws: Refusal.self) { try issue(bench, 3, person: Bench.number(of: 1)) }
        #expect(throws: Refusal.self) { try issue(bench, 9) }
        let refusal = try bench.refusal(IssueCertificate(Bench.barcode(3)), as: Bench.supervisor)
        #expect(refusal?.message.text == "The tube is of 3 people.")
    }

    @Test("CERT-4: a unit certifies its own people; what is others' is unknown to it")
    func scope() throws {
        let bench = try released()
        let code = try issue(bench, 1, as: Bench.sendingUnit).code
        #expect(try bench.laboratory.certificate(code, as: Bench.sendingUnit).code == code)
        let refusal = try bench.refusal(
            IssueCertificate(Bench.barcode(3), person: Bench.number(of: 3)), as: Bench.sendingUnit)
        #expect(refusal?.code == .unknown)
        let others = try issue(bench, 3, person: Bench.number(of: 3)).code
        #expect(throws: Refusal.self) {
            try bench.laboratory.certificate(others, as: Bench.sendingUnit)
        }
        for handle in [Bench.technician, Bench.administrator, Bench.collector, "plan.ner"] {
            #expect(throws: Refusal.self) { try issue(bench, 2, as: handle) }
        }
    }

    @Test("CERT-4: what is not released is not certified")
    func unreleased() throws {
        let bench = try Bench()
        try bench.perform(bench.manifest([bench.row(tube: 1, kind: "1:1", person: 1)]))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let refusal = try bench.refusal(IssueCertificate(Bench.barcode(1)), as: Bench.supervisor)
        #expect(refusal?.code == .rule)
    }

    @Test("CERT-5: a code and its square check as valid, and the holder can be compared")
    func valid() throws {
        let bench = try released()
        let laboratory = bench.laboratory
        let code = try issue(bench, 1).code
        let printed = try laboratory.certificate(code, as: Bench.supervisor)
        let digits = String(Bench.number(of: 1).suffix(4))
        for text in [code.description, code.text.lowercased(), printed.claim] {
            let checked = try laboratory.checkCertificate(text)
            #expect(checked.standing == .valid && checked.outcome == .detected)
            #expect(checked.isHolder == nil)
            func holds(_ name: String, _ digits: String) throws -> Bool? {
                try laboratory.checkCertificate(
                    text, holder: CertificateHolder(name: name, digits: digits)
                ).isHolder
            }
            #expect(try holds("Person 1", digits) == true)
            #expect(try holds(" person1 ", Bench.number(of: 1)) == true)
            #expect(try holds("Person 2", digits) == false)
            #expect(try holds("Person 1", "0000") == (digits == "0000"))
        }
    }

    @Test("CERT-5: a name alone and digits alone are compared, and it is said what was")
    func parts() throws {
        let bench = try released()
        let code = try issue(bench, 1).code.text
        let digits = String(Bench.number(of: 1).suffix(4))
        let others = digits == "0000" ? "1111" : "0000"
        func check(_ name: String, _ digits: String) throws -> [Bool?] {
            let checked = try bench.laboratory.checkCertificate(
                code, holder: CertificateHolder(name: name, digits: digits))
            #expect(checked.standing == .valid)
            return [checked.isHolder, checked.nameFits, checked.digitsFit]
        }
        #expect(try check("Person 1", "") == [true, true, nil])
        #expect(try check("Person 2", " ") == [false, false, nil])
        #expect(try check("", digits) == [true, nil, true])
        #expect(try check("", others) == [false, nil, false])
        #expect(try check("Person 1", others) == [false, true, false])
        #expect(try check("Person 2", digits) == [false, false, true])
        #expect(try check("  ", "") == [nil, nil, nil])
    }

    @Test("CERT-12: where the settings name an address the square is a link that all checks read")
    func link() throws {
        let bench = try released()
        let code = try issue(bench, 2).code
        let bare = try bench.laboratory.certificate(code, as: Bench.supervisor)
        #expect(bare.checkAddress == nil && bare.square == bare.claim)
        try bench.perform(
            AdoptSettings(
                text: try ShippedRules.laboratory.text()
                    + "web_address: https://lab.example.org/test/\n"),
            as: Bench.administrator)
        let printed = try bench.laboratory.certificate(code, as: Bench.supervisor)
        let page = "https://lab.example.org/test/check"
        #expect(printed.checkAddress == page)
        #expect(printed.square == "\(page)/\(code.text)#\(printed.claim)")
        // With and without the claim, which browsers keep to themselves.
        for text in [printed.square, "\(page)/\(code.text)", " \(page)/\(code)#x"] {
            #expect(try bench.laboratory.checkCertificate(text).standing == .valid, "\(text)")
        }
        let signed = try CheckedCertificate(
            square: printed.square, publicKey: bench.laboratory.certificateKey)
        #expect(signed.standing == .signed && signed.outcome == .notDetected)
        for half in [
            CertificateHolder(name: "Person 2"), CertificateHolder(digits: "1234"),
        ] {
            #expect(throws: Refusal.self) {
                try CheckedCertificate(
                    square: printed.square, publicKey: bench.laboratory.certificateKey,
                    holder: half)
            }
        }
        for address in ["http://lab.example.org", "https://lab.example.org/?x", "lab", "https://"] {
            let text = try ShippedRules.laboratory.text() + "web_address: \"\(address)\"\n"
            #expect(throws: (any Error).self, "\(address)") {
                try bench.perform(AdoptSettings(text: text), as: Bench.administrator)
            }
        }
    }

    @Test("CERT-5: what the laboratory never gave out, or somebody changed, is unknown")
    func forged() throws {
        let bench = try released()
        let laboratory = bench.laboratory
        let printed = try laboratory.certificate(try issue(bench, 1).code, as: Bench.supervisor)
        for text in ["", "SWAB1:", "0000-0000-0000-0000-0", CertificateCode([UInt8](0..<10)).text] {
            #expect(try laboratory.checkCertificate(text).standing == .unknown)
        }
        // One bit of each character of the square in turn.
        let body = Array(printed.claim.utf8)
        for place in stride(from: 6, to: body.count, by: 5) {
            var changed = body
            changed[place] = changed[place] == 0x37 ? 0x38 : 0x37
            let text = String(decoding: changed, as: UTF8.self)
            if text == printed.claim { continue }
            #expect(try laboratory.checkCertificate(text).standing == .unknown)
            #expect(
                try CheckedCertificate(square: text, publicKey: laboratory.certificateKey).standing
                    == .unknown)
        }
    }

    @Test("CERT-6: with the public key alone the square is checked without the laboratory")
    func offline() throws {
        let bench = try released()
        let printed = try bench.laboratory.certificate(
            try issue(bench, 2).code, as: Bench.supervisor)
        let key = bench.laboratory.certificateKey
        let holder = CertificateHolder(
            name: "Person 2", digits: String(Bench.number(of: 2).suffix(4)))
        let checked = try CheckedCertificate(
            square: printed.claim, publicKey: key, holder: holder)
        #expect(checked.standing == .signed && checked.outcome == .notDetected)
        #expect(checked.isHolder == true)
        let times = printed.report.times
        #expect(
            checked.collectedAt?.milliseconds == times.collectedAt.milliseconds / 60_000 * 60_000)
        let other = String(key.reversed())
        #expect(
            try CheckedCertificate(square: printed.claim, publicKey: other).standing == .unknown)
        #expect(throws: Refusal.self) {
            try CheckedCertificate(square: printed.claim, publicKey: "abc")
        }
    }

    @Test("CERT-7: when the result or its person is corrected the old certificate is outdated")
    func outdated() throws {
        let bench = try released()
        let code = try issue(bench, 2).code
        let printed = try bench.laboratory.certificate(code, as: Bench.supervisor)
        // The same document with another name: a later manifest corrects it.
        var row = bench.row(tube: 9, kind: "1:1", person: 2, box: "B9")
        row[.name] = "Another Name"
        try bench.perform(
            RegisterManifest(
                file: ManifestFile.write([row]), mode: .allOrNothing, correctsNames: true))
        #expect(try bench.laboratory.checkCertificate(code.text).standing == .outdated)
        #expect(try bench.laboratory.checkCertificate(printed.claim).standing == .outdated)
        #expect(throws: Refusal.self) {
            try bench.laboratory.certificate(code, as: Bench.supervisor)
        }
        let new = try issue(bench, 2).code
        #expect(new != code)
        #expect(try bench.laboratory.checkCertificate(new.text).standing == .valid)
    }

    @Test("CERT-7: every part of a result that is certified is in its code, and no other")
    func certifiedParts() throws {
        let bench = try released()
        let laboratory = bench.laboratory
        let answer = try #require(
            try laboratory.store.read {
                try $0.releasedAnswers(of: TubeID(Bench.barcode(2))).first
            })
        let result = try CertifiedResult(answer, opening: laboratory.vault)
        let code = result.code(by: laboratory.vault)
        let details = result.details
        let moved = PersonDetails(
            name: details.name, document: details.document, sex: details.sex,
            birthDate: details.birthDate, telephone: "10299999999", address: "Elsewhere")
        #expect(CertifiedResult(answer, moved).code(by: laboratory.vault) == code)
        let renamed = PersonDetails(
            name: details.name + "x", document: details.document, sex: details.sex,
            birthDate: details.birthDate, telephone: "", address: "")
        #expect(CertifiedResult(answer, renamed).code(by: laboratory.vault) != code)
    }
}
