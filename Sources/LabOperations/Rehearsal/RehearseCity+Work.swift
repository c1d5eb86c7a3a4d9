internal import LabDomain
internal import LabSimulation
internal import LabStore

extension RehearseCity {
    private static let perPlate = 80
    private static let perPool = 10

    /// Every box whole; leaking tubes and an empty swab of the environment are rejected.
    func receive(_ tubes: [DemoCity.FilledTube]) throws {
        for box in Set(tubes.map(\.box)).sorted() {
            try perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
        }
        for leaking in Self.leaking(tubes).sorted() {
            try perform(RejectTube(scan: leaking.text, reason: .leaking))
        }
        if let empty = tubes.last {
            try perform(RejectTube(scan: empty.id.text, reason: .noSwab))
        }
    }

    private static func leaking(_ tubes: [DemoCity.FilledTube]) -> Set<TubeID> {
        Set(tubes.filter { $0.kind == "10:1" }.prefix(4).map(\.id))
    }

    /// Pools, plates, runs, review and release, up to a stage.
    mutating func test(_ tubes: [DemoCity.FilledTube], to stage: Stage) throws {
        let leaking = Self.leaking(tubes)
        let good = tubes.filter { !leaking.contains($0.id) }
        guard stage.rawValue >= Stage.pooled.rawValue else { return }
        now = now.advanced(by: .minutes(30))
        let codes = try pool(good)
        guard stage.rawValue >= Stage.plated.rawValue else { return }
        now = now.advanced(by: .minutes(10))
        var plates: [PlateID] = []
        for start in stride(from: 0, to: codes.count, by: Self.perPlate) {
            let part = Array(codes[start..<min(start + Self.perPlate, codes.count)])
            plates.append(try perform(LayOutPlate(kit: .first, only: part)).plate)
        }
        guard stage.rawValue >= Stage.read.rawValue else { return }
        now = now.advanced(by: .minutes(95))
        for plate in plates { try read(plate) }
        guard stage.rawValue >= Stage.reviewed.rawValue else { return }
        now = now.advanced(by: .minutes(15))
        for plate in plates { try perform(ReviewRun(plate: plate), as: DemoDay.supervisor) }
        guard stage.rawValue >= Stage.released.rawValue else { return }
        now = now.advanced(by: .minutes(10))
        try unlessNothing { try perform(Release(.negatives), as: DemoDay.supervisor) }
        now = now.advanced(by: .minutes(30))
    }

    /// Each twentieth of those who are called back refuses or is not found.
    func endSomeSearches() throws {
        let list = try laboratory.recollections(onlyOpen: true, as: DemoDay.technician)
        for (index, search) in list.enumerated() where index % 20 == 0 {
            try perform(
                CloseRecollection(
                    recollection: search.recollection,
                    outcome: index % 40 == 0 ? .refused : .notFound))
        }
    }

    /// Puts single tubes ten by ten into pools.
    /// - Returns: what is to be plated: pools, and tubes that stay by themselves.
    private func pool(_ tubes: [DemoCity.FilledTube]) throws -> [String] {
        let singles = tubes.filter { $0.kind == "1:1" }
        let pooled = singles.count - singles.count % Self.perPool
        let pools = stride(from: 0, to: pooled, by: Self.perPool).map { start in
            FormPools.Named(tubes: singles[start..<start + Self.perPool].map(\.id.text))
        }
        let own = Set(singles.prefix(pooled).map(\.id))
        let rest = tubes.filter { !own.contains($0.id) }.map(\.id.text)
        guard !pools.isEmpty else { return rest }
        do {
            return rest + (try perform(FormPools(.named(pools)))).pools.map(\.pool.text)
        } catch let refusal as Refusal
            where refusal.places.allSatisfy({ $0.code == "prevalence" })
        {
            // So many were found in the last days that the programme pools nobody now.
            return tubes.map(\.id.text)
        }
    }

    private mutating func read(_ plate: PlateID) throws {
        let worklist = try laboratory.worklist(of: plate, as: DemoDay.technician)
        let loads = people.loads
        let file = bench.read(worklist, load: { loads[$0] }, isContaminated: false)
        try perform(ImportRun(file: file, plate: plate))
    }
}
