extension ScenarioLaboratory {
    /// All machines are whole when the first tubes come.
    mutating func beginBreakdowns(_ time: Double, _ world: inout ScenarioWorld) {
        for machine in 0..<(extractionRoom?.count ?? 0) {
            awaitBreakdown(Int32(machine), time, &world)
        }
        for machine in 0..<(pcrRoom?.count ?? 0) {
            awaitBreakdown(Self.pcrMachine | Int32(machine), time, &world)
        }
    }

    private mutating func awaitBreakdown(
        _ machine: Int32, _ time: Double, _ world: inout ScenarioWorld
    ) {
        let place = Int(machine & ~Self.pcrMachine)
        let minutes =
            machine & Self.pcrMachine == 0
            ? extractionRoom?.untilBreakdown(of: place) : pcrRoom?.untilBreakdown(of: place)
        guard let minutes else { return }
        world.agenda.schedule(
            ScenarioEvent.breakdown, at: time + minutes, subject: number, detail: machine)
    }

    /// A machine breaks down; its plate is repeated from the kept samples.
    mutating func breakDown(_ machine: Int32, _ time: Double, _ world: inout ScenarioWorld) {
        let place = Int(machine & ~Self.pcrMachine)
        let isPCR = machine & Self.pcrMachine != 0
        let broken =
            isPCR
            ? pcrRoom?.breakDown(place, at: time) : extractionRoom?.breakDown(place, at: time)
        guard let broken else { return }
        world.agenda.schedule(
            ScenarioEvent.repaired, at: broken.repaired, subject: number, detail: machine)
        guard let plate = broken.plate else { return }
        if isPCR {
            pcr.breakOff(sparing: broken.spared)
        } else {
            extraction.breakOff(sparing: broken.spared)
        }
        repeatPlate(plate, time, &world)
        // One that worked on beyond its shift was in nobody's place.
        beginPCR(time, &world)
    }

    /// A machine is whole again.
    mutating func repair(_ machine: Int32, _ time: Double, _ world: inout ScenarioWorld) {
        let place = Int(machine & ~Self.pcrMachine)
        if machine & Self.pcrMachine == 0 {
            extractionRoom?.repair(place)
            beginExtraction(time, &world)
        } else {
            pcrRoom?.repair(place)
            beginPCR(time, &world)
        }
        awaitBreakdown(machine, time, &world)
    }

    private static var pcrMachine: Int32 { 1 << 20 }
}
