internal import LabDomain
internal import LabOperations
internal import LabStore

/// Makes the wells of one plate's picture: signs, classes and words.
struct WellMaker {
    private typealias Face = PlatePicture.Well.Face
    private typealias Fact = PlatePicture.Well.Fact

    private let words: Catalogue
    private let now: Timestamp
    private let readings: [WellPosition: WellReading]
    /// Pools by their number on this plate.
    private let pools: [PoolID: Int]
    private let left: TimeLeft

    init(
        _ sheet: PlateSheet, readings: [WellPosition: WellReading], words: Catalogue,
        now: Timestamp
    ) {
        self.words = words
        self.now = now
        self.readings = readings
        left = TimeLeft(words)
        var pools: [PoolID: Int] = [:]
        for pool in sheet.wells.compactMap(\.pool) where pools[pool] == nil {
            pools[pool] = pools.count + 1
        }
        self.pools = pools
    }

    /// A well that holds nothing.
    func empty(_ position: WellPosition) -> PlatePicture.Well {
        let word = words.say("plate.empty")
        return PlatePicture.Well(
            position: position.description,
            faces: [.kind: Face(sign: "", style: "empty", word: "")],
            facts: [
                Fact(name: "well", value: position.description), Fact(name: "kind", value: word),
            ],
            label: "\(position) \(word)", mark: "", disagrees: false)
    }

    /// A well that failed.
    func failed(_ failed: StoredFailedWell) -> PlatePicture.Well {
        let word = words.say("plate.failed")
        var facts = [
            Fact(name: "well", value: failed.position.description),
            Fact(name: "kind", value: word),
        ]
        if let code = failed.of?.text { facts.insert(Fact(name: "code", value: code), at: 1) }
        if !failed.reason.isEmpty { facts.append(Fact(name: "reason", value: failed.reason)) }
        let face = Face(sign: "✗", style: "failed", word: word)
        return PlatePicture.Well(
            position: failed.position.description,
            faces: Dictionary(
                PlatePicture.Colouring.allCases.map {
                    ($0, $0 == .kind ? face : Face(sign: "✗", style: "none", word: ""))
                }
            ) { one, _ in one }, facts: facts, label: "\(failed.position) \(word)", mark: "",
            disagrees: false)
    }

    /// A well with a sample or a control.
    func well(_ well: PlateWell) -> PlatePicture.Well {
        let reading = readings[well.position]
        let facts = facts(of: well, reading)
        var faces: [PlatePicture.Colouring: Face] = [.kind: kind(of: well)]
        faces[.pool] = pool(of: well)
        faces[.risk] = risk(of: well)
        faces[.slack] = slack(of: well)
        if !readings.isEmpty {
            faces[.verdict] = reading.map { verdict($0, of: well) } ?? beside(well)
        }
        let again = well.purpose.flatMap { $0 == .routine ? nil : $0 }
        let spoken = ["code", "kind", "purpose", "verdict", "disagrees"]
        return PlatePicture.Well(
            position: well.position.description, faces: faces, facts: facts,
            label: "\(well.position) "
                + facts.filter { spoken.contains($0.name) }.map(\.value)
                .joined(separator: words.say("place.joint")),
            mark: again.map { words.word("purposeSign", $0) } ?? "",
            disagrees: reading?.disagrees ?? false)
    }

    /// The legend of a colouring: what occurs on the plate, with its count.
    func legend(
        of wells: [PlatePicture.Well], by colouring: PlatePicture.Colouring
    ) -> [PlatePicture.Entry] {
        var order: [String] = []
        var entries: [String: (face: PlatePicture.Well.Face, count: Int)] = [:]
        for face in wells.compactMap({ $0.faces[colouring] }) where !face.word.isEmpty {
            if entries[face.word] == nil { order.append(face.word) }
            entries[face.word] = (
                entries[face.word]?.face ?? face, (entries[face.word]?.count ?? 0) + 1
            )
        }
        return order.compactMap { entries[$0] }
            // A pool in one well has its code in that well.
            .filter { colouring != .pool || $0.count > 1 }
            .sorted { colouring.rank(of: $0.face.style) < colouring.rank(of: $1.face.style) }
            .map {
                PlatePicture.Entry(
                    style: "\(colouring.letter)-\($0.face.style)",
                    sign: colouring == .slack ? "" : $0.face.sign, word: $0.face.word,
                    count: $0.count)
            }
    }

    private func facts(of well: PlateWell, _ reading: WellReading?) -> [Fact] {
        var facts = [Fact(name: "well", value: well.position.description)]
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { facts.append(Fact(name: name, value: value)) }
        }
        add("code", well.of?.text)
        add(
            "kind",
            well.control.map { words.word("controlKind", $0) }
                ?? well.kind.map { words.word("testedKind", $0) })
        if let purpose = well.purpose, purpose != .routine {
            add("purpose", words.word("purpose", purpose))
        }
        add("members", well.members.map(\.text).joined(separator: " "))
        if well.kind != .pool { add("pool", well.pool?.text) }
        add("risk", well.risk.map { words.word("risk", $0) })
        add("left", well.dueAt.map { left.words(now.span(to: $0)) })
        add("verdict", reading.map { words.word("call", $0.call) })
        add("reason", reading?.reason)
        add("cq", reading?.cq)
        if reading?.disagrees == true { add("disagrees", words.say("plate.disagrees")) }
        return facts
    }

    private func kind(of well: PlateWell) -> Face {
        if let control = well.control {
            return Face(
                sign: words.word("controlSign", control), style: "control",
                word: words.word("controlKind", control))
        }
        let kind = well.kind ?? .single
        return Face(
            sign: words.word("kindSign", kind), style: kind.rawValue,
            word: words.word("testedKind", kind))
    }

    private func pool(of well: PlateWell) -> Face {
        guard let pool = well.pool, let number = pools[pool] else { return beside(well) }
        return Face(sign: "\(number)", style: "\((number - 1) % 5 + 1)", word: pool.text)
    }

    private func risk(of well: PlateWell) -> Face {
        guard let risk = well.risk else { return beside(well) }
        return Face(
            sign: words.word("riskSign", risk), style: risk.rawValue,
            word: words.word("risk", risk))
    }

    private func slack(of well: PlateWell) -> Face {
        guard let due = well.dueAt else { return beside(well) }
        let span = now.span(to: due)
        let urgency = TimeLeft.Urgency(span)
        return Face(
            sign: left.sign(span), style: urgency.rawValue,
            word: words.word("plate.urgency", urgency))
    }

    /// What a run says; of a control its kind, and whether it held.
    private func verdict(_ reading: WellReading, of well: PlateWell) -> Face {
        let call = words.word("call", reading.call)
        return Face(
            sign: (well.control.map { words.word("controlSign", $0) } ?? "")
                + words.word("callSign", reading.call) + (reading.disagrees ? "!" : ""),
            style: reading.call.rawValue,
            word: well.control.map {
                words.word("controlKind", $0) + words.say("place.joint") + call
            } ?? call)
    }

    /// A well to which a colouring does not apply.
    private func beside(_ well: PlateWell) -> Face {
        Face(
            sign: well.control.map { words.word("controlSign", $0) } ?? "·", style: "none", word: ""
        )
    }
}

extension PlatePicture.Colouring {
    /// The order of a legend's lines: by what is urgent, else as the wells stand.
    fileprivate func rank(of style: String) -> Int {
        let order: [String] =
            switch self {
            case .kind: ["pool", "mixed", "single", "environmental", "control", "failed"]
            case .pool: []
            case .risk: ["key", "high", "medium", "low"]
            case .slack: TimeLeft.Urgency.allCases.map(\.rawValue)
            case .verdict: WellReading.Call.allCases.map(\.rawValue)
            }
        return order.firstIndex(of: style) ?? order.count
    }
}
