internal import LabDomain
internal import LabStore

extension DemoDay {
    /// Pools, plates and the first runs; the first plate's run fails its controls.
    mutating func testFirstRound() throws {
        say("")
        say("-- First round: pools, plates, runs --")
        wait(until: "11:30")
        let proposal = try laboratory.planPools(as: Self.technician, at: now)
        for own in proposal.classes { tell("Class \(own.risk.rawValue), \(own.reason)") }
        let pools = try perform(FormPools(.proposed(PoolWishes())))
        let pooled = pools.pools.reduce(0) { $0 + $1.tubes.count }
        tell(
            "\(pooled) single tubes go into \(pools.pools.count) laboratory pools; "
                + "\(pools.singly.count) stay single. Mixed tubes are never pooled.")
        let plates = try layOut(.first)
        wait(until: "13:30")
        try read(plates[0], isContaminated: true)
        for plate in plates.dropFirst() { try read(plate) }
        try review(Array(plates.dropFirst()))
        let again = try layOut(.first)
        wait(until: "15:30")
        for plate in again { try read(plate) }
        try review(again)
        retests = try layOut(.first)
        try reportAndFeedBack(at: "15:50")
    }

    /// Everything that waits for the first kit, retests of pools ahead.
    mutating func testSecondRound() throws {
        say("")
        say("-- Second round: retests of kept tubes, and the people who came again --")
        wait(until: "17:40")
        for plate in retests { try read(plate) }
        try review(retests)
        let plates = try layOut(.first)
        wait(until: "19:40")
        for plate in plates { try read(plate) }
        try review(plates)
    }

    /// A positive counts when the second kit finds it too.
    mutating func proveWithSecondKit() throws {
        say("")
        say("-- The second kit: a positive single tube is proved before it counts --")
        wait(until: "19:50")
        let plates = try layOut(.second)
        wait(until: "21:40")
        for plate in plates { try read(plate) }
        try review(plates)
    }

    /// Lays out plates until nothing waits for the kit.
    private mutating func layOut(_ kit: KitRole) throws -> [PlateID] {
        var plates: [PlateID] = []
        while try laboratory.waitingTests(onlyRetests: false, as: Self.technician)
            .contains(where: { $0.kit == kit })
        {
            let answer = try perform(LayOutPlate(kit: kit))
            plates.append(answer.plate)
            let worklist = try laboratory.worklist(of: answer.plate, as: Self.technician)
            try write(worklist.csv, to: "worklists/\(answer.plate).csv")
            tell(
                "Plate \(answer.plate) (\(answer.assay)): \(answer.samples) samples around "
                    + "\(answer.controls) controls at drawn places.")
            if plates.count == 1, rounds == 0 { say(worklist.picture(at: now)) }
            now = now.advanced(by: .minutes(5))
        }
        rounds += 1
        return plates
    }

    private mutating func read(_ plate: PlateID, isContaminated: Bool = false) throws {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        let loads = city.loads
        let file = bench.read(worklist, load: { loads[$0] }, isContaminated: isContaminated)
        try write(file, to: "runs/\(plate).csv")
        let answer = try perform(ImportRun(file: file, plate: plate))
        if answer.isValid {
            tell(
                "Run of \(plate): controls held; \(answer.detected) detected, "
                    + "\(answer.notDetected) not detected, \(answer.grey) grey. "
                    + "\(answer.newTests) new tests, \(answer.recollections) people called back.")
        } else {
            let wells = Set(answer.controlFaults.map(\.well)).sorted().map(\.description)
            tell(
                "Run of \(plate): INVALID, a negative control in \(wells.joined(separator: ", ")) "
                    + "shows a signal. Nobody is reported; \(answer.newTests) tests wait again.")
        }
        now = now.advanced(by: .minutes(2))
    }

    private mutating func review(_ plates: [PlateID]) throws {
        for plate in plates {
            let answer = try perform(ReviewRun(plate: plate), as: Self.supervisor)
            guard answer.reviewed > 0 else {
                tell("\(Self.supervisor) reviews the run of \(plate): no answer yet.")
                continue
            }
            let positives = answer.detected
            var released = 0
            if answer.reviewed > positives.count {
                released = try perform(Release(.negatives), as: Self.supervisor).people
            }
            for tube in positives {
                try perform(Release(.tubes([tube.text])), as: Self.supervisor)
            }
            let given = [
                released > 0 ? "\(released) people not detected, released in bulk" : nil,
                positives.isEmpty ? nil : "\(positives.count) positive by name",
            ]
            tell(
                "\(Self.supervisor) reviews \(plate): "
                    + given.compactMap(\.self).joined(separator: "; ") + ".")
        }
        now = now.advanced(by: .minutes(5))
    }
}
