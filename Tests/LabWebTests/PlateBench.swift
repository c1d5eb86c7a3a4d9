import Foundation
import LabDomain
import LabOperations
import LabStore
import Testing

@testable import LabWeb

extension WebBench {
    static let technician = Role.technician.rawValue
    static let supervisor = Role.supervisor.rawValue

    /// The manifest of single tubes from a number on.
    func manifest(_ tubes: Int, from first: Int, box: String) throws -> [UInt8] {
        var lines = [
            "tube,kind,unit,site,box,collected_at,risk,name,document_type,document_number,"
                + "sex,birth_date,telephone,address,place"
        ]
        for number in first..<first + tubes {
            let document = try Self.document(number)
            lines.append(
                "\(Self.barcode(number)),1:1,Unit,Site,\(box),2021-08-03 09:00,low,"
                    + "Person \(number),resident-id,\(document),,,102\(10_000_000 + number),"
                    + "Compound \(number / 3),")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// Single tubes from a number on, registered.
    func register(_ tubes: Int, from first: Int, box: String) throws {
        let file = try manifest(tubes, from: first, box: box)
        try perform(RegisterManifest(file: file, mode: .allOrNothing))
    }

    /// Single tubes from a number on, registered and received.
    func receive(_ tubes: Int, from first: Int = 1, box: String = "B1") throws {
        try register(tubes, from: first, box: box)
        try perform(
            ReceiveBox(
                box: box, scans: (first..<first + tubes).map(Self.barcode), goodOnly: false))
    }

    @discardableResult
    func perform<Asked: Command>(
        _ command: Asked, as handle: String = technician
    ) throws -> Asked.Answer {
        try laboratory.perform(command, as: handle, at: now).answer
    }

    /// A run's file for a plate: wells by `cqs`, controls as they must be.
    func run(_ plate: PlateID, cqs: (String) -> [String]) throws -> [UInt8] {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        var lines = ["plate,well,target,cq"]
        for well in worklist.wells {
            let values: [String] =
                switch ControlKind(rawValue: well.content) {
                case .weakPositive?, .kitPositive?: ["30", "30", "25"]
                case .negative?, .kitNegative?: ["Undetermined", "Undetermined", "25"]
                case nil: cqs(well.code)
                }
            for (channel, cq) in zip(worklist.channels, values) {
                lines.append("\(plate),\(well.well),\(channel),\(cq)")
            }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    static let negative = ["Undetermined", "Undetermined", "25"]
    static let positive = ["24", "25", "25"]
}

extension String {
    /// The value of the first hidden field with a name.
    func field(_ name: String) -> String {
        guard let start = range(of: "name=\"\(name)\" value=\""),
            let end = self[start.upperBound...].range(of: "\"")
        else { return "" }
        return String(self[start.upperBound..<end.lowerBound])
    }

    func occurrences(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
