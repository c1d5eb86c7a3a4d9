import Foundation
import LabDomain
import LabExchange
import LabOperations
import LabStatistics
import LabStore

/// A laboratory in memory with its people, for tests.
struct Bench {
    let laboratory: Laboratory
    var now = Timestamp(milliseconds: 1_627_956_000_000)  // 3 August 2021, 10:00 in China

    static let technician = "li.na"
    static let colleague = "zhao.min"
    static let supervisor = "wang.fang"
    static let administrator = "admin"
    /// At the site `Gate 1`.
    static let collector = "chen.jie"
    /// Of `Unit 1`.
    static let sendingUnit = "unit.one"

    init(settings: String? = nil, programme: String? = nil) throws {
        // Rounds of half an hour leave time for four stages and the second kit.
        let quick = try Laboratory.shippedText(settings: true)
            .replacing("round: 2h 30min", with: "round: 30min")
        laboratory = try Laboratory.inMemory(
            settings: settings ?? quick, programme: programme, administrator: Self.administrator,
            key: Array(repeating: 5, count: 32), at: now)
        for (handle, role, scope) in [
            (Self.technician, Role.technician, Scope.laboratory),
            (Self.colleague, .supervisor, .laboratory), (Self.supervisor, .supervisor, .laboratory),
            (Self.collector, .collector, .site("Gate 1")), ("plan.ner", .planner, .laboratory),
            (Self.sendingUnit, .sendingUnit, .unit("Unit 1")),
        ] {
            try perform(
                AddPerson(handle: handle, role: role, name: nil, scope: scope),
                as: Self.administrator)
        }
    }

    /// The shipped programme with other schemes of more than two stages, and pools however many
    /// are positive.
    static func programme(schemes: [String]) throws -> String {
        let list = schemes.map { "\"\($0)\"" }.joined(separator: ", ")
        return try Laboratory.shippedText(settings: false)
            .replacing("schemes: [\"10>5>1\"]", with: "schemes: [\(list)]")
            .replacing("sizes: [5, 10]", with: "sizes: [5, 8, 10]")
            .replacing("highest_prevalence: 0.001", with: "highest_prevalence: 1")
            .replacing("sensitivity_floor: 0.85", with: "sensitivity_floor: 0")
    }

    /// Keys that are the same each time: a walk from a seed must not depend on the system's chance.
    final class CountedKeys {
        private var last = 0

        func next() -> String {
            last += 1
            return "key \(last)"
        }
    }

    /// Keys for commands that bring none; nil leaves them to the laboratory.
    var keys: CountedKeys?

    @discardableResult
    func perform<Asked: Command>(
        _ command: Asked, as handle: String = technician, key: String? = nil
    ) throws -> Asked.Answer {
        let key = key ?? (command.naturalKey == nil ? keys?.next() : nil)
        return try laboratory.perform(command, as: handle, key: key, at: now).answer
    }

    /// The refusal that a command meets; nil when it is done.
    func refusal<Asked: Command>(
        _ command: Asked, as handle: String = technician, key: String? = nil
    ) throws -> Refusal? {
        do {
            try perform(command, as: handle, key: key)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    var violations: [Violation] {
        get throws { try laboratory.store.read { try $0.violations() } }
    }

    /// A barcode of the shipped format.
    static func barcode(_ number: Int) -> String {
        let digits = String(number)
        let body = "SWT" + String(repeating: "0", count: 8 - digits.count) + digits
        let check = CheckCharacter.mod37Thirtysix.compute(over: body.utf8) ?? 0
        return body + String(Unicode.Scalar(check))
    }

    /// A row for person `number`, who has a synthetic resident number.
    func row(
        tube: Int, kind: String, person: Int, risk: String = "low", box: String = "B1",
        place: String = "", unit: String = "Unit 1", site: String = "Gate 1"
    ) -> [ManifestColumn: String] {
        var row: [ManifestColumn: String] = [
            .tube: Self.barcode(tube), .kind: kind, .unit: unit, .site: site, .box: box,
            .risk: risk, .collectedAt: Zone.china.text(now), .place: place,
        ]
        guard kind != "environment" else { return row }
        row[.name] = "Person \(person)"
        row[.documentNumber] = Self.number(of: person)
        row[.telephone] = "102\(10_000_000 + person)"
        row[.address] = "Compound \(person / 3)"
        return row
    }

    static func number(of person: Int) -> String {
        let born = CalendarDay(daysSinceEpoch: person % 15_000)
        let number = try? ResidentNumber(
            area: 601_000 + person / 900 % 900, birthDate: born, sequence: person % 900)
        return number?.text ?? ""
    }

    func manifest(_ rows: [[ManifestColumn: String]]) -> RegisterManifest {
        RegisterManifest(file: ManifestFile.write(rows), mode: .allOrNothing)
    }

    /// A run's file: each sample's channels by `cqs`, controls as they must be.
    func run(_ plate: PlateID, negativesSignal: Bool = false, cqs: (String) -> [Double?]) throws
        -> [UInt8]
    {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        var lines = ["plate,well,target,cq"]
        for well in worklist.wells {
            let values: [Double?] =
                switch ControlKind(rawValue: well.content) {
                case .weakPositive?, .kitPositive?: [30, 30, 25]
                case .negative?: negativesSignal ? [33, nil, 25] : [nil, nil, 25]
                case .kitNegative?: [nil, nil, 25]
                case nil: cqs(well.code)
                }
            for (channel, cq) in zip(worklist.channels, values) {
                lines.append(
                    "\(plate),\(well.well),\(channel),\(cq.map { String($0) } ?? "Undetermined")")
            }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The readings of a run's file with a curve each, some of them doubtful.
    func readings(
        _ plate: PlateID, in file: [UInt8], isDoubtful: () -> Bool
    ) throws -> [Reading] {
        String(decoding: file, as: UTF8.self).split(separator: "\n").dropFirst().compactMap {
            let cells = $0.split(separator: ",").map(String.init)
            guard let well = WellPosition(text: cells[1]) else { return nil }
            let cq = Double(cells[3]).flatMap { Cq($0) }
            return Reading(
                well: well, target: cells[2], cq: cq,
                curve: isDoubtful() ? .ambiguous : cq == nil ? .negative : .positive)
        }
    }

    static let negative: [Double?] = [nil, nil, 25]
    static let positive: [Double?] = [25, 24, 25]

    /// Lays out one plate with what waits for a kit, and reads it.
    @discardableResult
    func testPlate(_ kit: KitRole = .first, cqs: (String) -> [Double?]) throws -> PlateID {
        let plate = try perform(LayOutPlate(kit: kit)).plate
        try perform(ImportRun(file: try run(plate, cqs: cqs), plate: plate))
        return plate
    }

    /// Plates and reads until nothing waits for a kit, what follows from a run included.
    @discardableResult
    func test(_ kit: KitRole = .first, cqs: (String) -> [Double?]) throws -> [PlateID] {
        var plates: [PlateID] = []
        while try laboratory.waitingTests(onlyRetests: false, as: Self.technician)
            .contains(where: { $0.kit == kit })
        {
            plates.append(try testPlate(kit, cqs: cqs))
            guard plates.count < 20 else { break }
        }
        return plates
    }
}
