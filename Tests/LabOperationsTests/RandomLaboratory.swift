import LabDomain
import LabOperations
import LabStatistics

/// Does whatever comes to mind, in any order, as far as the laboratory lets it.
struct RandomLaboratory {
    /// What it does most.
    enum Habit: CaseIterable {
        case everything
        /// Single tubes in pools of several stages, with many positives and refused runs.
        case pools
    }

    private(set) var bench: Bench
    private let habit: Habit
    private var random: SeededGenerator
    private var nextTube = 1
    private var nextPerson = 1
    private(set) var refusals: [String: Int] = [:]
    private(set) var done: [String: Int] = [:]
    /// What pools turned into what, first and smaller ones apart.
    private(set) var turns: [String: Int] = [:]
    private var pools: [PoolID: PoolState] = [:]
    /// Tubes that were received or rejected one by one, the last of them last.
    private var scanned: [Int] = []

    /// Two, three and four stages, some with leftovers of one tube.
    private static let schemes = ["5>1", "10>1", "10>5>1", "10>3>1", "10>5>2>1", "8>4>2>1"]

    init(seed: UInt64, habit: Habit) throws {
        self.habit = habit
        bench = try Bench(programme: try Bench.programme(schemes: Self.schemes))
        bench.keys = Bench.CountedKeys()
        random = SeededGenerator(seed: seed)
    }

    /// The steps with their weights, by habit.
    private static let steps: [(String, everything: Double, pools: Double)] = [
        ("register", 3, 2), ("register again", 2, 0), ("receive", 4, 3), ("reject", 1, 0.2),
        ("pool", 2, 1), ("plate", 4, 8), ("second plate", 2, 3), ("run", 5, 9), ("review", 4, 1),
        ("refuse", 1, 4), ("release", 3, 0.5), ("close", 0.5, 0.2), ("task", 0.5, 0.2),
        ("feedback", 1, 0.2), ("reject a waiting one", 1, 0.5), ("abandon", 0.5, 1),
        ("receive one", 2, 0), ("undo", 4, 0.5), ("close box", 1, 0), ("fail well", 1, 1),
        ("rerun", 1, 2), ("combine", 0.7, 0.5), ("look", 3, 4),
    ]

    private var weights: [Double] {
        Self.steps.map { habit == .everything ? $0.everything : $0.pools }
    }

    mutating func step() throws {
        let name = Self.steps[random.weightedIndex(weights)].0
        bench.now = bench.now.advanced(by: .minutes(1))
        do {
            try perform(name)
            done[name, default: 0] += 1
        } catch let refusal as Refusal {
            refusals["\(name): \(refusal.message)", default: 0] += 1
        }
    }

    /// Notes what became of the pools since the last time.
    mutating func watchPools() throws {
        for pool in try bench.laboratory.pools(onlyOpen: false, as: Bench.technician) {
            let before = pools.updateValue(pool.state, forKey: pool.id)
            guard before != pool.state else { continue }
            let kind = pool.parent == nil ? "first" : "smaller"
            turns["\(kind): \(before?.rawValue ?? "") to \(pool.state)", default: 0] += 1
        }
    }

    private mutating func perform(_ name: String) throws {
        switch name {
        case "register": try register()
        case "register again": try registerAgain()
        case "receive": try receive()
        case "reject": try reject()
        case "reject a waiting one": try rejectWaiting()
        case "abandon": try abandon()
        case "pool": try pool()
        case "plate":
            let most = random.whole(in: 1...(habit == .pools ? 12 : 60))
            try bench.perform(LayOutPlate(kit: .first, most: most))
        case "second plate": try bench.perform(LayOutPlate(kit: .second))
        case "run": try run()
        case "review": try judge(refuse: false)
        case "refuse": try judge(refuse: true)
        case "release": try release()
        case "close": try closeRecollection()
        case "task": try closeTask()
        case "receive one":
            let tube = random.whole(in: 1...nextTube)
            try bench.perform(ReceiveTube(scan: Bench.barcode(tube), box: nil))
            scanned.append(tube)
        case "close box": try closeBox()
        case "fail well": try failWell()
        case "rerun": try rerun()
        case "combine": try combine()
        case "look": try look()
        case "undo":
            guard let tube = scanned.suffix(6).randomElement(using: &random) else { return }
            try bench.perform(UndoScan(tube: Bench.barcode(tube)))
        default: try feedBack()
        }
    }

    private mutating func pool() throws {
        let schemes = habit == .pools ? Self.schemes.filter { $0.count > 4 } : Self.schemes
        let scheme = schemes[random.index(below: schemes.count)]
        try bench.perform(FormPools(.proposed(PoolWishes(scheme: PoolScheme(text: scheme)))))
    }

    private mutating func register() throws {
        var rows: [[ManifestColumn: String]] = []
        let box = "B\(random.whole(in: 1...6))"
        for _ in 0..<random.whole(in: habit == .pools ? 6...16 : 1...8) {
            let tube = nextTube
            nextTube += 1
            let kind =
                habit == .pools
                ? "1:1"
                : ["1:1", "1:1", "1:1", "5:1", "10:1", "environment"][random.index(below: 6)]
            let risk =
                habit == .pools ? "low" : ["low", "low", "medium", "key"][random.index(below: 4)]
            let people = kind == "10:1" ? random.whole(in: 1...10) : kind == "5:1" ? 3 : 1
            for _ in 0..<people {
                rows.append(
                    bench.row(
                        tube: tube, kind: kind, person: nextPerson, risk: risk, box: box,
                        place: kind == "environment" ? "door" : ""))
                nextPerson += 1
            }
        }
        try bench.perform(bench.manifest(rows))
    }

    /// Somebody who was here before comes again, called back or not.
    private mutating func registerAgain() throws {
        guard nextPerson > 1 else { return }
        let people = (0..<random.whole(in: 1...4)).map { _ in random.whole(in: 1...(nextPerson - 1))
        }
        var rows: [[ManifestColumn: String]] = []
        for person in people {
            rows.append(
                bench.row(
                    tube: nextTube, kind: random.bernoulli(0.8) ? "1:1" : "5:1", person: person,
                    box: "AGAIN"))
            nextTube += 1
        }
        try bench.perform(bench.manifest(rows))
    }

    private mutating func receive() throws {
        let boxes = try bench.laboratory.boxes(onlyIncomplete: true, as: Bench.technician)
        guard let box = boxes.randomElement(using: &random) else { return }
        if habit == .pools || random.bernoulli(0.5) {
            try bench.perform(ReceiveBox(box: box.box.text, scans: nil, goodOnly: false))
            // Before a plate takes the tubes one by one.
            if habit == .pools { try pool() }
        } else {
            let scans = (0..<5).map { _ in Bench.barcode(random.whole(in: 1...nextTube)) }
            try bench.perform(ReceiveBox(box: box.box.text, scans: scans, goodOnly: true))
        }
    }

    private mutating func reject() throws {
        let tube = random.whole(in: 1...nextTube)
        let reason = RejectReason.allCases[random.index(below: RejectReason.allCases.count)]
        try bench.perform(RejectTube(scan: Bench.barcode(tube), reason: reason))
        scanned.append(tube)
    }

    /// A tube whose retest, repeat or confirmation waits turns out to be unfit.
    private mutating func rejectWaiting() throws {
        let waiting = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
            .filter { $0.kind != .pool }
        guard let one = waiting.randomElement(using: &random) else { return }
        try bench.perform(RejectTube(scan: one.subject, reason: .insufficient))
        scanned += (1...nextTube).filter { Bench.barcode($0) == one.subject }
    }

    private mutating func abandon() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
        guard let plate = plates.randomElement(using: &random) else { return }
        try bench.perform(AbandonPlate(plate: plate.plate))
    }

    private mutating func run() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
        guard let plate = plates.randomElement(using: &random) else { return }
        let fails = random.bernoulli(0.15)
        var drawing = random.split()
        let habit = habit
        let file = try bench.run(plate.plate, negativesSignal: fails) { code in
            // Where pools are the point, half of them are found.
            if habit == .pools, code.hasPrefix("LP"), drawing.bernoulli(0.4) {
                return Bench.positive
            }
            return switch drawing.uniform() {
            case ..<0.15: Bench.positive
            case ..<0.20: [38.5, 38, 25]
            case ..<0.25: [30, nil, 25]
            case ..<0.30: [nil, nil, nil]
            default: Bench.negative
            }
        }
        let enters = random.bernoulli(0.2) ? Bench.colleague : Bench.technician
        if random.bernoulli(0.3) {
            var doubts = random.split()
            let readings = try bench.readings(plate.plate, in: file) { doubts.bernoulli(0.08) }
            let read = ReadRun(plate: plate.plate, readings: readings)
            try bench.perform(ImportRun(read, file: file), as: enters)
        } else {
            try bench.perform(ImportRun(file: file, plate: plate.plate), as: enters)
        }
    }

    private mutating func failWell() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
        guard let plate = plates.randomElement(using: &random) else { return }
        let wells = try bench.laboratory.worklist(of: plate.plate, as: Bench.technician).wells
        guard let well = wells.randomElement(using: &random)?.well else { return }
        try bench.perform(FailWell(plate: plate.plate, well: well, reason: "clot"))
    }

    private mutating func rerun() throws {
        let plates = try bench.laboratory.plates(onlyUnread: false, as: Bench.technician)
            .filter { $0.state == "read" }.suffix(4)
        guard let plate = plates.randomElement(using: &random) else { return }
        try bench.perform(RerunPlate(plate: plate.plate))
    }

    private mutating func combine() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
            .map(\.plate).shuffled(using: &random)
        try bench.perform(CombinePlates(plates: Array(plates.prefix(random.whole(in: 2...4)))))
    }

    private mutating func look() throws {
        let looks = try bench.laboratory.looks(of: nil, onlyOpen: true, as: Bench.technician)
        guard let look = looks.randomElement(using: &random) else { return }
        try bench.perform(
            LookAtWell(
                run: look.plate.text, well: look.well, accepts: random.bernoulli(0.6)),
            as: random.bernoulli(0.2) ? Bench.colleague : Bench.supervisor)
    }

    private mutating func judge(refuse: Bool) throws {
        let reviews = try bench.laboratory.reviews(as: Bench.supervisor)
        guard let review = reviews.randomElement(using: &random) else { return }
        let judge = random.bernoulli(0.2) ? Bench.colleague : Bench.supervisor
        if refuse {
            try bench.perform(RefuseRun(plate: review.plate), as: judge)
        } else {
            try bench.perform(ReviewRun(plate: review.plate), as: judge)
        }
    }

    private mutating func release() throws {
        let waiting = try bench.laboratory.releases(as: Bench.supervisor)
        if random.bernoulli(0.5) {
            try bench.perform(Release(.negatives), as: Bench.supervisor)
        } else if let one = waiting.randomElement(using: &random) {
            try bench.perform(Release(.tubes([one.tube.text])), as: Bench.colleague)
        }
    }

    private mutating func closeRecollection() throws {
        let open = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        guard let one = open.randomElement(using: &random) else { return }
        let outcomes = RecollectionOutcome.allCases
        try bench.perform(
            CloseRecollection(
                recollection: one.recollection,
                outcome: outcomes[random.index(below: outcomes.count)]))
    }

    private mutating func closeTask() throws {
        let open = try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
        guard let one = open.randomElement(using: &random) else { return }
        try bench.perform(CloseTask(task: one.task, done: "cleaned"))
    }

    private mutating func closeBox() throws {
        let boxes = try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician)
        guard let box = boxes.randomElement(using: &random) else { return }
        let counted = random.whole(in: max(0, box.received - 1)...(box.received + 1))
        try bench.perform(CloseBox(box: box.box.text, counted: counted, withMissing: true))
    }

    private mutating func feedBack() throws {
        let boxes = try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician)
        guard let box = boxes.randomElement(using: &random) else { return }
        try bench.perform(ConfirmFeedback(box: box.box.text), as: Bench.supervisor)
    }

    /// Receives, tests, reviews and releases until nothing is left to do without new swabs.
    mutating func finish() throws {
        for box in try bench.laboratory.boxes(onlyIncomplete: true, as: Bench.technician) {
            try bench.perform(ReceiveBox(box: box.box.text, scans: nil, goodOnly: false))
        }
        try lookAtAll()
        for plate in try bench.laboratory.plates(onlyUnread: true, as: Bench.technician) {
            let file = try bench.run(plate.plate) { _ in Bench.negative }
            try bench.perform(ImportRun(file: file, plate: plate.plate))
        }
        for _ in 0..<10 {
            try bench.test(.first) { _ in Bench.negative }
            try bench.test(.second) { _ in Bench.positive }
        }
        for review in try bench.laboratory.reviews(as: Bench.supervisor) {
            let judge = review.enteredBy == Bench.supervisor ? Bench.colleague : Bench.supervisor
            try bench.perform(ReviewRun(plate: review.plate), as: judge)
        }
        for waiting in try bench.laboratory.releases(as: Bench.supervisor) {
            let releaser =
                waiting.enteredBy == Bench.supervisor ? Bench.colleague : Bench.supervisor
            try bench.perform(Release(.tubes([waiting.tube.text])), as: releaser)
        }
    }

    /// Somebody looks at every doubtful well, and its word is taken.
    private func lookAtAll() throws {
        for look in try bench.laboratory.looks(of: nil, onlyOpen: true, as: Bench.technician) {
            let command = LookAtWell(run: look.plate.text, well: look.well, accepts: true)
            do {
                try bench.perform(command, as: Bench.supervisor)
            } catch is Refusal {
                try bench.perform(command, as: Bench.colleague)
            }
        }
    }
}
