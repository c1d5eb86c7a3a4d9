import Foundation
import LabOperations
import LabSimulation

/// The log of one simulated laboratory as two tables, in the form that `turnaround replay` reads.
enum EventFiles {
    /// Writes the log of a laboratory for each seed; no file is overwritten.
    static func write(
        _ city: PeerCity, named name: String, laboratory: Int, seeds: [UInt64], to folder: String
    ) throws {
        let bases = seeds.map { "\(folder)/\(name)-\($0)".replacing("//", with: "/") }
        for base in bases {
            try refuseIfTaken("\(base)-samples.csv")
            try refuseIfTaken("\(base)-plates.csv")
        }
        for (seed, base) in zip(seeds, bases) {
            let log = PeerSimulation.log(laboratory: laboratory, of: city, seed: seed)
            try write(samples(log), to: "\(base)-samples.csv")
            try write(plates(log), to: "\(base)-plates.csv")
        }
    }

    private static func write(_ text: String, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
            throw Refusal(
                .file, "No file can be made at \(path); nothing was done.",
                remedy: "Name a file that does not exist yet, in a folder that may be written.")
        }
    }

    private static func samples(_ log: LaboratoryLog) -> String {
        var text =
            "sample,parent,members,positive,tube_closed,received,reception_start,reception_end,"
            + "plate\n"
        for (number, tube) in log.tubes.enumerated() {
            let parent = tube.isSingle ? "\(tube.parent)" : ""
            let closed = tube.isSingle ? "" : time(tube.closed, 6)
            text += "\(number),\(parent),\(tube.members),\(tube.isPositive ? 1 : 0),\(closed),"
            text += "\(time(tube.received)),\(time(tube.receptionStart)),"
            text += "\(time(tube.receptionEnd)),\(tube.plate)\n"
        }
        return text
    }

    private static func plates(_ log: LaboratoryLog) -> String {
        var text =
            "plate,priority,wells,formed,last_extraction_start,last_pcr_start,last_review_start,"
            + "released,repeats\n"
        for (number, plate) in log.plates.enumerated() {
            text += "\(number),\(plate.isUrgent ? 1 : 0),\(plate.wells),\(time(plate.formed)),"
            text += "\(time(plate.extraction)),\(time(plate.pcr)),\(time(plate.review)),"
            text += "\(time(plate.released)),\(plate.repeats)\n"
        }
        return text
    }

    private static func time(_ minutes: Double, _ places: Int = 3) -> String {
        minutes.isFinite ? String(format: "%.\(places)f", minutes) : ""
    }
}
