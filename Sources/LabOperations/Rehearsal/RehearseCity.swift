internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabStore

/// A laboratory in the middle of a large city's testing, for trying it under load.
///
/// Most tubes are answered and their results with the units; the others stand at every stage of
/// the work, some past their limit. Everybody is invented, clock and instrument are simulated, and
/// everything goes through the laboratory's own operations.
package struct RehearseCity {
    /// How much the laboratory holds.
    package struct Size: Hashable, Sendable {
        /// People who were swabbed.
        package let people: Int
        /// Tubes at work: registered and not answered, or answered and not released.
        package let openTubes: Int

        /// A city's size; the open tubes are at most half of all tubes.
        package init(people: Int, openTubes: Int) {
            self.people = people
            self.openTubes = openTubes
        }
    }

    /// How far the tubes of a wave have come.
    enum Stage: Int, CaseIterable {
        case registered
        case received
        case pooled
        case plated
        case read
        case reviewed
        case released
        case delivered
    }

    let laboratory: Laboratory
    let present: Timestamp
    let progress: (String) -> Void
    private let size: Size
    private let keys = Counter()
    var people: CityPeople
    var bench: SimulatedBench
    var now: Timestamp
    private var waves = 0

    private static let tubesPerWave = 600
    /// Which share of the open tubes stands where, in hundredths, and when they were received.
    private static let open: [(stage: Stage, share: Int, hoursAgo: Int)] = [
        (.received, 6, 14), (.reviewed, 10, 10), (.read, 18, 9), (.plated, 16, 7),
        (.pooled, 12, 4), (.received, 14, 2), (.registered, 12, 0), (.registered, 12, 0),
    ]

    /// Makes the laboratory's database in a folder that is begun anew; `present` is when its work
    /// is left off.
    /// - Throws: `Refusal` when the folder holds something that no demo made.
    package init(
        directory: String, size: Size, seed: UInt64, at present: Timestamp,
        progress: @escaping (String) -> Void
    ) throws {
        try DemoDay.clear(directory, for: [])
        self.present = present
        self.size = size
        self.progress = progress
        now = present.advanced(by: .hours(-72))
        laboratory = try Laboratory.make(
            at: directory + "/laboratory.sqlite", keyFile: directory + "/laboratory.sqlite.key",
            settings: try Self.settings(), programme: nil, administrator: DemoDay.administrator,
            at: now
        ).0
        people = CityPeople(seed: seed, people: size.people, opening: now)
        bench = SimulatedBench(seed: seed)
    }

    /// The shipped settings, but no rule stops a run: a city is for load, and each of its plates is
    /// read once, while a few in a hundred sound runs break a rule by chance.
    private static func settings() throws -> String {
        try Laboratory.shippedText(settings: true)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("  stop:") ? "  stop: []" : $0 }.joined(separator: "\n")
    }

    /// Does all the work.
    /// - Returns: everybody who can sign in, with their one-time passwords.
    package mutating func play() throws -> [DemoDay.Account] {
        try hire()
        let all = size.people * CityPeople.tubesPerBlock / CityPeople.peoplePerBlock
        var left = all - size.openTubes
        let answered = (left + Self.tubesPerWave - 1) / Self.tubesPerWave
        for wave in 0..<answered {
            // Spread over the two days before those that are still open.
            let received = present.advanced(
                by: .minutes(-70 * 60 + 48 * 60 * wave / max(1, answered)))
            try play(min(left, Self.tubesPerWave), receivedAt: received, to: .delivered)
            left -= Self.tubesPerWave
            progress("answered: \(wave + 1) of \(answered) deliveries")
        }
        for (stage, share, hours) in Self.open {
            let received = present.advanced(by: .minutes(-60 * hours))
            try play(max(1, size.openTubes * share / 100), receivedAt: received, to: stage)
            progress("at work: \(stage)")
        }
        now = present
        try endSomeSearches()
        return try DemoDay.accounts(of: laboratory, at: present)
    }

    private func hire() throws {
        let site = CityPeople.sites[0]
        let others: [(String, Role, Scope)] = [
            (DemoDay.technician, .technician, .laboratory),
            (DemoDay.supervisor, .supervisor, .laboratory),
            ("chen.jie", .collector, .site(site.name)),
            ("fu.liang", .sendingUnit, .unit(site.unit)), ("sun.wei", .planner, .laboratory),
        ]
        for (handle, role, scope) in others {
            try perform(
                AddPerson(handle: handle, role: role, name: nil, scope: scope),
                as: DemoDay.administrator)
        }
    }

    /// One delivery of tubes, brought as far as a stage.
    private mutating func play(
        _ count: Int, receivedAt received: Timestamp, to stage: Stage
    ) throws {
        waves += 1
        let collected = received.advanced(by: .hours(-3))
        let swabs = people.wave(waves, tubes: count, collectedAt: collected)
        let places = people.places(
            waves, ["market drain", "bus handrail", "fish stall"], collectedAt: collected)
        now = received.advanced(by: .minutes(-20))
        try perform(
            RegisterManifest(
                file: CityPeople.manifest(of: swabs + places), mode: .allOrNothing))
        guard stage.rawValue >= Stage.received.rawValue else { return }
        now = received
        try receive(swabs + places)
        try test(swabs + places.dropLast(), to: stage)
        guard stage == .delivered else { return }
        for box in Set((swabs + places).map(\.box)).sorted() {
            try unlessNothing { _ = try perform(ConfirmFeedback(box: box), as: DemoDay.supervisor) }
        }
    }

    @discardableResult
    func perform<Asked: Command>(
        _ command: Asked, as handle: String = DemoDay.technician
    ) throws -> Asked.Answer {
        try laboratory.perform(command, as: handle, key: "city-\(keys.next())", at: now).answer
    }

    /// Small cities have stages at which nothing is to be done.
    func unlessNothing(_ work: () throws -> Void) throws {
        do { try work() } catch let refusal as Refusal where refusal.code == .nothingToDo {}
    }
}
