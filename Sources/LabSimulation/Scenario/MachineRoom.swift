internal import LabStatistics

extension Scenario {
    /// How often the machines of a station break down, and how long their repair takes.
    ///
    /// The time from a repair to the next breakdown is exponential and runs by the clock, at work
    /// or not. In the long run a machine is whole for the share `availability` of the time.
    package struct Breakdowns: Sendable, Hashable {
        /// Mean minutes between a repair and the next breakdown.
        package var between: Double
        package var repair: Span

        /// Breakdowns so many minutes apart on average.
        package init(between: Double, repair: Span) {
            (self.between, self.repair) = (between, repair)
        }

        /// MTBF / (MTBF + MTTR).
        package var availability: Double { between / (between + repair.mean) }
    }
}

/// The machines of a station that break down: which are whole, and what each works on.
///
/// Every machine has its own stream of chance, so that one more leaves the others alone.
struct MachineRoom {
    private struct Machine {
        var plate: Int32 = -1
        var end = 0.0
        var isDown = false
        var random: SeededGenerator
    }

    private let law: Scenario.Breakdowns
    private var machines: [Machine]

    init(_ law: Scenario.Breakdowns, machines count: Int, stream: (Int) -> SeededGenerator) {
        self.law = law
        machines = (0..<count).map { Machine(random: stream($0)) }
    }

    var count: Int { machines.count }

    /// Minutes until a machine that is whole now breaks down.
    mutating func untilBreakdown(of machine: Int) -> Double {
        law.between * machines[machine].random.unitExponential()
    }

    /// How many of the machines on duty are broken.
    func down(of onDuty: Int) -> Int {
        machines.prefix(onDuty).reduce(0) { $0 + ($1.isDown ? 1 : 0) }
    }

    /// A plate begins on the first machine that is whole and free.
    mutating func begin(_ plate: Int32, until end: Double) {
        guard let free = machines.firstIndex(where: { $0.plate < 0 && !$0.isDown }) else { return }
        (machines[free].plate, machines[free].end) = (plate, end)
    }

    /// Whether a plate ends now; not when its machine broke down before.
    mutating func end(_ plate: Int32, at time: Double) -> Bool {
        let found = machines.firstIndex { $0.plate == plate && $0.end == time }
        guard let machine = found else { return false }
        machines[machine].plate = -1
        return true
    }

    /// A machine breaks down: when it is whole again, the plate it loses and the minutes spared.
    mutating func breakDown(
        _ machine: Int, at time: Double
    ) -> (repaired: Double, plate: Int32?, spared: Double) {
        machines[machine].isDown = true
        let minutes =
            law.repair.least == law.repair.most
            ? law.repair.least
            : machines[machine].random.uniform(from: law.repair.least, to: law.repair.most)
        let (plate, end) = (machines[machine].plate, machines[machine].end)
        machines[machine].plate = -1
        return (time + minutes, plate < 0 ? nil : plate, plate < 0 ? 0 : end - time)
    }

    mutating func repair(_ machine: Int) { machines[machine].isDown = false }
}
