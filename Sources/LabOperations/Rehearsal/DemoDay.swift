internal import Foundation
internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStore

/// One day of a small laboratory in Jingdezhen, from accession to report, told as it goes.
///
/// Everybody is invented and the clock and the instrument are simulated; everything else is the
/// laboratory itself: the same operations, the same database, the same files.
package struct DemoDay {
    let directory: String
    let laboratory: Laboratory
    let programFolder: String?
    let say: (String) -> Void
    var city: DemoCity
    var bench: SimulatedBench
    var now: Timestamp
    var rounds = 0
    /// What is really in the tubes of the day that is left at work.
    var loads: [TubeID: SpecimenLoad] = [:]
    /// Keys in order, so that the same seed gives the same plates.
    let keys = Counter()
    /// Plates with retests that are under way while the people are called back.
    var retests: [PlateID] = []

    static let administrator = "admin"
    static let technician = "li.na"
    static let supervisor = "wang.fang"
    static let day = "2021-08-03"

    /// Makes the demo's laboratory in a folder that is begun anew.
    ///
    /// `programFolder` is where the program lies, for the commands that the end of the day names;
    /// `receiver` are the settings of a receiver for whom each release then makes messages.
    /// - Throws: `Refusal` when the folder holds something that no demo made.
    package init(
        directory: String, seed: UInt64, programFolder: String?, receiver: String? = nil,
        say: @escaping (String) -> Void
    ) throws {
        self.programFolder = programFolder
        try Self.clear(directory, for: ["manifests", "worklists", "runs", "reports"])
        self.directory = directory
        self.say = say
        now = Self.time("06:30")
        laboratory = try Laboratory.make(
            at: directory + "/laboratory.sqlite", keyFile: directory + "/laboratory.sqlite.key",
            settings: nil, programme: nil, administrator: Self.administrator, at: now
        ).0
        city = DemoCity(seed: seed, opening: Self.time("07:30"))
        bench = SimulatedBench(seed: seed)
        guard let receiver else { return }
        try perform(AdoptReceiver(text: receiver), as: Self.administrator)
    }

    /// Plays the day to its end and tells where everything lies.
    package mutating func play() throws {
        tell("The laboratory opens; its programme feeds results back within 12 hours of receipt.")
        for (handle, role) in [
            (Self.technician, Role.technician), (Self.supervisor, .supervisor),
        ] {
            try perform(AddPerson(handle: handle, role: role, name: nil), as: Self.administrator)
        }
        try collect()
        try receive()
        try testFirstRound()
        try callBack()
        try testSecondRound()
        try proveWithSecondKit()
        try reportAndFeedBack(at: "22:00")
        try summarise()
    }

    /// Removes the folder of an earlier demo and makes it again.
    static func clear(_ directory: String, for folders: [String]) throws {
        let files = FileManager.default
        let marker = directory + "/.swabline-demo"
        if files.fileExists(atPath: directory) {
            let isEmpty = try files.contentsOfDirectory(atPath: directory).isEmpty
            guard isEmpty || files.fileExists(atPath: marker) else {
                throw Refusal(
                    .rule, "\(directory) holds something that no demo made; nothing was touched.",
                    remedy: "Name another folder with --directory.")
            }
            try files.removeItem(atPath: directory)
        }
        for folder in folders.map({ "/" + $0 }) + [""] {
            try files.createDirectory(
                atPath: directory + folder, withIntermediateDirectories: true)
        }
        try writeWhole([], to: marker)
    }
}

/// Counts up from 1.
final class Counter {
    private var last = 0

    func next() -> Int {
        last += 1
        return last
    }
}

extension DemoDay {
    /// An instant of the demo's day.
    static func time(_ clock: String) -> Timestamp {
        guard let time = Zone.china.instant(from: "\(day) \(clock)") else {
            preconditionFailure("The demo's times are written as 07:30.")
        }
        return time
    }

    /// A line of the story with the simulated time before it.
    func tell(_ text: String) { say("\(Zone.china.minuteText(now).suffix(5))  \(text)") }

    /// Moves the clock forward to a time of the day; it never goes back.
    mutating func wait(until clock: String) { now = max(now, Self.time(clock)) }

    @discardableResult
    func perform<Asked: Command>(
        _ command: Asked, as handle: String = technician
    ) throws -> Asked.Answer {
        try laboratory.perform(command, as: handle, key: "demo-\(keys.next())", at: now).answer
    }

    /// Writes one of the day's files.
    func write(_ bytes: [UInt8], to name: String) throws {
        try writeWhole(bytes, to: "\(directory)/\(name)")
    }
}
