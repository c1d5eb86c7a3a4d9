import Foundation
import LabDomain
import LabXML
import Testing

@testable import LabExchange

@Suite("Bundles of FHIR R4")
struct ResultBundleTests {
    @Test(
        "FHIR-1: a result is one message Bundle, header first, whose references lead within it",
        arguments: FHIRSamples.versions.indices)
    func whole(_ index: Int) throws {
        let (version, name) = FHIRSamples.versions[index]
        let bundle = try FHIRSamples.bundle(name, version)
        #expect(FHIRDocument.values(bundle.root, "type") == ["message"])
        let entries = bundle.root.children("entry")
        #expect(entries.first?.child("resource")?.children.first?.name == "MessageHeader")
        let addresses = FHIRDocument.values(bundle.root, "entry.fullUrl")
        #expect(Set(addresses).count == entries.count && addresses.count == entries.count)
        let references = bundle.xmlLeaves.filter { $0.contains(".reference=") }
            .compactMap { $0.split(separator: "=").last.map(String.init) }
        #expect(!references.isEmpty && references.allSatisfy { addresses.contains($0) })
        for type in [
            "DiagnosticReport", "ServiceRequest", "Patient", "Specimen", "Observation",
            "Organization", "PractitionerRole", "Provenance",
        ] { #expect(!bundle.resources(type).isEmpty, "\(type)") }
    }

    @Test("FHIR-1: the bundle's number is that of the v2 message, its time that of the release")
    func number() throws {
        let version = MessageVersion(.corrected, number: 2, releasedAt: FHIRSamples.later)
        let bundle = try FHIRSamples.bundle("single-detected", version)
        #expect(FHIRDocument.values(bundle.root, "identifier.value") == ["R-0001-2"])
        #expect(FHIRDocument.values(bundle.root, "timestamp") == ["2021-07-31T14:15:00+08:00"])
        #expect(FHIRDocument.values(bundle.root, "meta.tag.code") == ["P"])
    }

    @Test("FHIR-2: identifiers are UUIDs of version 5, as RFC 9562 and FIPS 180-4 make them")
    func identifiers() throws {
        let names = ContentUUID(bytes: [
            0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0, 0xC0, 0x4F, 0xD4, 0x30,
            0xC8,
        ])
        // RFC 9562, appendix A.4.
        #expect(
            ContentUUID("www.example.com", in: names).description
                == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
        func hex(_ text: String) -> String {
            SHA1.hash(Array(text.utf8)).map { String(format: "%02x", $0) }.joined()
        }
        #expect(hex("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(hex("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
        #expect(
            hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "84983e441c3bd26ebaae4aa1f95129e5e54670f1")
    }

    @Test("FHIR-2: a later version has the same resources and another message")
    func versions() throws {
        let first = try FHIRSamples.bundle("single-detected")
        let second = try FHIRSamples.bundle(
            "single-detected", MessageVersion(.corrected, number: 2, releasedAt: FHIRSamples.later))
        for type in ["DiagnosticReport", "Observation", "Specimen", "Patient", "ServiceRequest"] {
            #expect(first.values(type, "id") == second.values(type, "id"))
        }
        #expect(first.values("MessageHeader", "id") != second.values("MessageHeader", "id"))
        #expect(try FHIRSamples.bundle("single-detected").xml == first.xml)
    }

    @Test("FHIR-3: a pool is a Group with its number and this one member, and nobody else")
    func pool() throws {
        let bundle = try FHIRSamples.bundle("pool-member-not-detected")
        #expect(bundle.values("Group", "quantity") == ["5"])
        let patient = try #require(bundle.values("Patient", "id").first)
        #expect(bundle.values("Group", "member.entity.reference") == ["urn:uuid:\(patient)"])
        #expect(bundle.resources("Patient").count == 1)
        let pool = try #require(bundle.resources("Specimen").last)
        #expect(FHIRDocument.values(pool, "identifier.value") == ["POOL-0007"])
        #expect(FHIRDocument.values(pool, "extension.valueCode") == ["pooled"])
        let own = try #require(bundle.values("Specimen", "id").first)
        #expect(FHIRDocument.values(pool, "parent.reference") == ["urn:uuid:\(own)"])
        let group = try #require(bundle.values("Group", "id").first)
        #expect(FHIRDocument.values(pool, "subject.reference") == ["urn:uuid:\(group)"])
        #expect(
            bundle.values("Observation", "valueCodeableConcept.coding.code")
                == ["895231008", "895231008"])
        let observations = bundle.resources("Observation")
        #expect(
            FHIRDocument.values(observations[1], "derivedFrom.reference")
                == FHIRDocument.values(observations[0], "id").map { "urn:uuid:\($0)" })
        #expect(bundle.resources("DiagnosticReport")[0].children("result").count == 2)
    }

    @Test("FHIR-3: two members of one pool share no resource that tells of the other")
    func members() throws {
        func member(_ tube: String, _ person: String) throws -> Set<String> {
            let base = try ReportSamples.named("pool-member-not-detected")
            let report = try Report(
                id: ReportID("R-\(tube)"), route: base.route, laboratory: base.laboratory,
                unit: base.unit,
                person: Report.Person(id: PersonID(person), details: base.person.details),
                specimen: Report.Specimen(tube: TubeID(tube), testing: base.specimen.testing),
                times: base.times, outcome: base.outcome, method: base.method,
                enteredBy: base.enteredBy, reviewedBy: base.reviewedBy)
            let bundle = try FHIRDocument(.person(report))
            let isNamed = String(decoding: bundle.xml, as: UTF8.self).contains(tube)
            #expect(isNamed)
            return Set(
                ["Patient", "Group", "Specimen", "Observation", "DiagnosticReport"].flatMap {
                    bundle.values($0, "id")
                })
        }
        #expect(try member("9000000001", "P-1").isDisjoint(with: member("9000000002", "P-2")))
    }

    @Test("FHIR-3: a mixed tube is a pooled specimen of its group")
    func mixedTube() throws {
        let bundle = try FHIRSamples.bundle("mixed-tube-not-detected")
        #expect(bundle.values("Group", "quantity") == ["10"])
        #expect(bundle.values("Specimen", "extension.valueCode") == ["pooled"])
        let group = try #require(bundle.values("Group", "id").first)
        #expect(bundle.values("Specimen", "subject.reference") == ["urn:uuid:\(group)"])
        let patient = try #require(bundle.values("Patient", "id").first)
        #expect(bundle.values("Observation", "subject.reference") == ["urn:uuid:\(patient)"])
    }

    @Test("FHIR-4: the test of a pool's member is derived from the pool's result")
    func retest() throws {
        let bundle = try FHIRSamples.bundle(
            "single-detected", MessageVersion(.final, number: 2, pool: FHIRSamples.pool))
        let observations = bundle.resources("Observation")
        let pool = observations[0]
        #expect(
            FHIRDocument.values(pool, "valueCodeableConcept.coding.code") == ["462371000124108"])
        let address = try #require(FHIRDocument.values(pool, "id").first)
        for own in observations.dropFirst() {
            #expect(FHIRDocument.values(own, "derivedFrom.reference") == ["urn:uuid:\(address)"])
        }
        #expect(observations.count == 6)
    }

    @Test("FHIR-4: report and results say what has become of them")
    func statuses() throws {
        func status(_ version: MessageVersion, _ name: String) throws -> Set<String> {
            let bundle = try FHIRSamples.bundle(name, version)
            let report = bundle.values("DiagnosticReport", "status")
            return Set(report + bundle.values("Observation", "status"))
        }
        #expect(try status(.first, "single-detected") == ["final"])
        #expect(
            try status(MessageVersion(.corrected, number: 2), "single-detected") == ["corrected"])
        #expect(
            try status(MessageVersion(.withdrawn, number: 2), "single-detected")
                == ["entered-in-error"])
        #expect(
            try status(MessageVersion(.preliminaryPool), "pool-member-not-detected")
                == ["preliminary"])
        #expect(
            try status(MessageVersion(.cancelled(.leaking)), "single-not-detected")
                == ["cancelled"])
    }

    @Test("FHIR-5: a cycle is a quantity, and what was not tested has a reason and no value")
    func values() throws {
        let bundle = try FHIRSamples.bundle("single-detected")
        #expect(bundle.values("Observation", "valueQuantity.value") == ["24.30", "25.13"])
        #expect(
            Set(bundle.values("Observation", "valueQuantity.code")) == ["{Ct_value}"])
        #expect(
            Set(bundle.values("Observation", "valueQuantity.system"))
                == ["http://unitsofmeasure.org"])
        let cancelled = try FHIRSamples.bundle(
            "single-not-detected", MessageVersion(.cancelled(.leaking)))
        #expect(
            cancelled.values("Observation", "dataAbsentReason.coding.code") == ["not-performed"])
        #expect(cancelled.values("Observation", "valueCodeableConcept.coding.code").isEmpty)
        #expect(cancelled.values("Specimen", "condition.coding.code") == ["RB"])
        #expect(cancelled.values("Specimen", "status") == ["unsatisfactory"])
    }

    @Test(
        "FHIR-6: XML and JSON say the same",
        arguments: FHIRSamples.versions.indices)
    func twins(_ index: Int) throws {
        let (version, name) = FHIRSamples.versions[index]
        let bundle = try FHIRSamples.bundle(name, version)
        #expect(try bundle.jsonLeaves.sorted() == bundle.xmlLeaves.sorted())
        #expect(!bundle.json.contains(0x0A))
    }

    @Test(
        "FHIR-6: any name comes through both encodings, and one that XML cannot hold is refused",
        arguments: ["O'Brien & <Sons> \"x\"", "a\\b/c\td", "𠮷野家\u{200D}", "مُحَمَّد"])
    func names(_ name: String) throws {
        let report = try ReportSamples.report(person: ReportSamples.person(name: name))
        let bundle = try FHIRDocument(.person(report))
        #expect(bundle.values("Patient", "name.text") == [name])
        #expect(try bundle.jsonLeaves.contains { $0.hasSuffix("name.text=\(name)") })
        let bad = try ReportSamples.report(person: ReportSamples.person(name: name + "\u{1}"))
        let writer = try BundleWriter()
        for encoding in BundleWriter.Encoding.allCases {
            #expect {
                try writer.write(.person(bad), as: encoding)
            } throws: { error in
                error is MessageFaults && !"\(error)".contains(name)
            }
        }
    }

    @Test("FHIR-7: a result of the environment is about its place and names nobody")
    func environment() throws {
        let bundle = try FHIRDocument(try FHIRSamples.environment())
        #expect(bundle.resources("Patient").isEmpty && bundle.resources("Group").isEmpty)
        #expect(bundle.values("Location", "name") == ["Cold store 3, door handle"])
        let place = try #require(bundle.values("Location", "id").first)
        for type in ["Specimen", "Observation", "DiagnosticReport", "ServiceRequest"] {
            #expect(Set(bundle.values(type, "subject.reference")) == ["urn:uuid:\(place)"])
        }
        #expect(bundle.values("Specimen", "type.coding.code") == ["440229008"])
        #expect {
            try EnvironmentalReport(try ReportSamples.report().parts, place: " ")
        } throws: {
            ($0 as? ReportFaults)?.faults == [.blank(.place)]
        }
    }

    @Test("FHIR-8: a person stands under our number and the document's, the name whole")
    func person() throws {
        let bundle = try FHIRSamples.bundle("single-detected")
        #expect(bundle.values("Patient", "name.text") == ["张三"])
        #expect(bundle.values("Patient", "identifier.type.coding.code") == ["PI", "NNCHN"])
        #expect(bundle.values("Patient", "birthDate") == ["1946-03-21"])
        let unknown = try FHIRSamples.bundle("passport-birth-date-unknown")
        #expect(unknown.values("Patient", "birthDate").isEmpty)
        #expect(unknown.values("Patient", "birthDate.extension.valueCode") == ["unknown"])
        #expect(unknown.values("Patient", "address.text").isEmpty)
    }

    @Test(
        "FHIR-9: HL7's own schema accepts every kind of bundle",
        .enabled(
            if: Fixtures.isCI
                || Fixtures.program("xmllint") != nil
                    && Fixtures.isReadable(
                        Fixtures.shared("reference/fhir-r4/fhir-single.xsd")),
            "xmllint or the reference is absent"))
    func schema() throws {
        let xmllint = try #require(Fixtures.program("xmllint"))
        let schema = Fixtures.shared("reference/fhir-r4/fhir-single.xsd")
        // One file with all of them would need another schema; the long one is read once a bundle.
        for (version, name) in [FHIRSamples.versions[3], FHIRSamples.versions[8]] {
            let (status, words) = try Fixtures.run(
                xmllint, ["--noout", "--nonet", "--schema", schema],
                on: try FHIRSamples.bundle(name, version).xml)
            #expect(status == 0, "\(words)")
        }
    }
}
