import Foundation
import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

@Suite("The picture of a plate")
struct PlatePictureTests {
    private static let now = Timestamp(milliseconds: 1_627_956_000_000)

    /// A plate with one well of each kind, purpose and class, and each control.
    private func sheet(_ format: PlateFormat) -> PlateSheet {
        var wells = ControlKind.allCases.enumerated().map {
            PlateWell(WellPosition(row: $0, column: 0), control: $1)
        }
        for (index, kind) in TestedKind.allCases.enumerated() {
            for (other, purpose) in Purpose.allCases.enumerated() {
                let code = "T\(index)\(other)"
                wells.append(
                    PlateWell(
                        WellPosition(row: index, column: other + 1),
                        of: kind == .pool ? .pool(PoolID(code)) : .tube(TubeID(code)), kind: kind,
                        purpose: purpose, risk: RiskClass.allCases[other],
                        pool: kind == .pool ? PoolID(code) : index == 0 ? PoolID("T30") : nil,
                        members: kind == .pool ? [TubeID("M1"), TubeID("M2")] : [],
                        dueAt: Self.now.advanced(by: .hours(other - 1))))
            }
        }
        let line = PlateLine(
            id: PlateID("PL1"), format: format, kit: .first, assay: "assay", samples: 16,
            state: "laid-out", laidOut: Deed(by: "li.na", at: Self.now), dueAt: Self.now)
        return PlateSheet(line, wells: wells.sorted { $0.position < $1.position })
    }

    @Test("WEB-32: every well has a sign under every colouring", arguments: Language.allCases)
    func signs(_ language: Language) throws {
        let sheet = sheet(.wells96)
        var readings: [WellPosition: WellReading] = [:]
        for (index, well) in sheet.wells.enumerated() {
            readings[well.position] = WellReading(WellReading.Call.allCases[index % 6])
        }
        let picture = PlatePicture(
            sheet, readings: readings, words: try Catalogue(language), at: Self.now)
        #expect(picture.choices.map(\.name) == ["kind", "pool", "risk", "slack", "verdict"])
        let wells = picture.rows.flatMap(\.wells).filter { $0.faces.count > 1 }
        #expect(wells.count == 20)
        for well in wells {
            for colouring in PlatePicture.Colouring.allCases {
                #expect(well.faces[colouring]?.sign.isEmpty == false)
            }
            #expect(!well.attributes.contains("⟦"))
        }
        // What differs in colour differs in its sign too; a time says itself whether it is late.
        for colouring in PlatePicture.Colouring.allCases where colouring != .slack {
            var styles: [String: Set<String>] = [:]
            for face in wells.compactMap({ $0.faces[colouring] }) where face.style != "none" {
                styles[face.sign, default: []].insert(face.style)
            }
            #expect(styles.values.allSatisfy { $0.count == 1 }, "\(colouring)")
        }
        #expect(wells.count { $0.faces[.slack]?.sign.hasPrefix("!") == true } == 4)
    }

    @Test("Retests, repeats and confirmations carry a mark, first tests none")
    func marks() throws {
        let picture = PlatePicture(sheet(.wells96), words: try Catalogue(.english), at: Self.now)
        let marks = picture.rows[0].wells.prefix(5).map(\.mark)
        #expect(marks == ["", "", "R", "2", "C"])
    }

    @Test("Tubes that are retested out of a pool have the pool's number")
    func pools() throws {
        let picture = PlatePicture(sheet(.wells96), words: try Catalogue(.english), at: Self.now)
        let pool = picture.rows[3].wells[1].faces[.pool]
        #expect(pool == picture.rows[0].wells[2].faces[.pool])
        #expect(picture.choices.first { $0.name == "pool" }?.entries.map(\.word) == ["T30"])
        #expect(picture.choices.first { $0.name == "pool" }?.entries.map(\.count) == [5])
    }

    @Test("A finding that contradicts another is told in class, sign and words")
    func disagreement() throws {
        let place = WellPosition(row: 0, column: 1)
        let picture = PlatePicture(
            sheet(.wells96),
            readings: [place: WellReading(.detected, cq: "N 24.1", disagrees: true)],
            by: .verdict, words: try Catalogue(.english), at: Self.now)
        let well = picture.rows[0].wells[1]
        #expect(well.faces[.verdict]?.sign == "+!")
        #expect(well.attributes.contains(" disagrees\""))
        #expect(well.attributes.contains("data-of-cq=\"N 24.1\""))
        #expect(well.label == "A2 T00, single tube, detected, contradicts another finding")
    }

    @Test("What stands in a well is escaped")
    func escapes() throws {
        let line = sheet(.wells96).line
        let well = PlateWell(
            WellPosition(row: 0, column: 0), of: .tube(TubeID("\"><b>")), kind: .single)
        let picture = PlatePicture(
            PlateSheet(line, wells: [well]), words: try Catalogue(.english), at: Self.now)
        #expect(!picture.rows[0].wells[0].attributes.contains("<b>"))
    }

    @Test("The grid of a plate has all its wells", arguments: PlateFormat.allCases)
    func grid(_ format: PlateFormat) throws {
        let words = try Catalogue(.chinese)
        let picture = PlatePicture(sheet(format), words: words, at: Self.now)
        struct Model { let picture: PlatePicture }
        let html = try Templates(words).render(Model(picture: picture), "plate-picture")
        #expect(html.matches(of: #/class="well[ "]/#).count == format.rawValue)
        #expect(html.matches(of: #/<th scope="col">/#).count == format.columns)
        #expect(html.matches(of: #/<th scope="row">/#).count == format.rows)
    }
}
