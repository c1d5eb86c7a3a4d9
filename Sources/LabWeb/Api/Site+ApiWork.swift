internal import LabDomain
internal import LabOperations
internal import LabPooling

/// What the operations that change something are asked with.
enum ApiAsked {
    struct Manifest: Decodable {
        let mode: RegisterManifest.Mode?
        let correctsNames: Bool?
        let rows: [[String: String]]
    }

    struct Receipt: Decodable {
        let tube: String
        let box: String?
    }

    struct BoxReceipt: Decodable {
        let scans: [String]?
        let goodOnly: Bool?
    }

    struct Closing: Decodable {
        let counted: Int
        let withMissing: Bool?
    }

    struct Rejection: Decodable { let reason: RejectReason }
    struct Measurement: Decodable { let microlitres: Int }

    struct Pools: Decodable {
        struct Named: Decodable {
            let tubes: [String]
            let scheme: String?
        }
        let pools: [Named]?
        let scheme: String?
        let singly: [String]?
    }

    struct Plate: Decodable {
        let kit: KitRole?
        let wells: PlateFormat?
        let most: Int?
        let only: [String]?
        let lot: String?
    }

    struct Combination: Decodable { let plates: [String] }

    struct Failure: Decodable {
        let well: String
        let reason: String
    }

    struct Rerun: Decodable { let lot: String? }

    struct Look: Decodable {
        let run: String
        let well: String
        let accepts: Bool
        let byCurve: Bool?
        let why: String?
    }

    struct Release: Decodable {
        let tubes: [String]?
        let negatives: Bool?
    }

    struct Ending: Decodable { let outcome: RecollectionOutcome }
    struct Task: Decodable { let done: String }

    struct Breach: Decodable {
        let box: String
        let rule: String
        let cause: BreachCause
        let note: String?
    }

    struct Staff: Decodable {
        let handle: String
        let role: Role
        let name: String?
        let unit: String?
        let site: String?
    }

    struct Place: Decodable {
        let unit: String?
        let site: String?
    }
}

extension Site {
    /// Everything that changes something, in the order of the way of a sample.
    var apiWork: [ApiRoute] { intakeApi + benchApi + judgingApi + officeApi }

    private var intakeApi: [ApiRoute] {
        [
            .ask("/manifests", "registerManifest", mostBytes: 1 << 25) {
                (asked: ApiAsked.Manifest, _) in
                try RegisterManifest(
                    rows: asked.rows, mode: asked.mode ?? .allOrNothing,
                    correctsNames: asked.correctsNames ?? false)
            },
            .file("/manifests/file", "registerManifestFile", mostBytes: 1 << 25) { visit in
                RegisterManifest(
                    file: visit.body,
                    mode: try visit.choice("mode", of: RegisterManifest.Mode.self)
                        ?? .allOrNothing)
            },
            .ask("/receipts", "receiveTube") { (asked: ApiAsked.Receipt, _) in
                ReceiveTube(scan: asked.tube, box: asked.box)
            },
            .ask("/boxes/:box/receipt", "receiveBox") { (asked: ApiAsked.BoxReceipt, visit) in
                ReceiveBox(
                    box: visit.parameter("box"), scans: asked.scans,
                    goodOnly: asked.goodOnly ?? false)
            },
            .ask("/boxes/:box/closing", "closeBox") { (asked: ApiAsked.Closing, visit) in
                CloseBox(
                    box: visit.parameter("box"), counted: asked.counted,
                    withMissing: asked.withMissing ?? false)
            },
            .ask("/tubes/:tube/rejection", "rejectTube") { (asked: ApiAsked.Rejection, visit) in
                RejectTube(scan: visit.parameter("tube"), reason: asked.reason)
            },
            .bare("/tubes/:tube/undoing", "undoScan") { UndoScan(tube: $0.parameter("tube")) },
            .ask("/tubes/:tube/measurement", "measureTube") {
                (asked: ApiAsked.Measurement, visit) in
                MeasureTube(scan: visit.parameter("tube"), microlitres: asked.microlitres)
            },
        ]
    }

    private var benchApi: [ApiRoute] {
        [
            .ask("/pools", "formPools") { (asked: ApiAsked.Pools, _) in
                FormPools(try Self.choice(asked))
            },
            .ask("/plates", "layOutPlate") { (asked: ApiAsked.Plate, _) in
                let most = asked.most ?? PlateFormat.wells384.rawValue
                guard (1...PlateFormat.wells384.rawValue).contains(most) else {
                    throw Refusal(
                        .badData, "The plate takes at least one test.",
                        remedy: "Ask for 1 to \(PlateFormat.wells384.rawValue).")
                }
                return LayOutPlate(
                    kit: asked.kit ?? .first, format: asked.wells, most: asked.most,
                    only: asked.only, lot: asked.lot)
            },
            .ask("/plates/combination", "combinePlates") { (asked: ApiAsked.Combination, _) in
                CombinePlates(plates: asked.plates.map { PlateID($0) })
            },
            .bare("/plates/:plate/abandonment", "abandonPlate") {
                AbandonPlate(plate: PlateID($0.parameter("plate")))
            },
            .ask("/plates/:plate/failure", "failWell") { (asked: ApiAsked.Failure, visit) in
                FailWell(
                    plate: PlateID(visit.parameter("plate")), well: try Self.well(asked.well),
                    reason: asked.reason)
            },
            .ask("/plates/:plate/rerun", "rerunPlate") { (asked: ApiAsked.Rerun, visit) in
                RerunPlate(plate: PlateID(visit.parameter("plate")), lot: asked.lot)
            },
            .file("/plates/:plate/run", "importRun", mostBytes: 1 << 25) { visit in
                ImportRun(file: visit.body, plate: PlateID(visit.parameter("plate")))
            },
        ]
    }

    private var judgingApi: [ApiRoute] {
        [
            .ask("/looks", "lookAtWell") { (asked: ApiAsked.Look, _) in
                LookAtWell(
                    run: asked.run, well: try Self.well(asked.well), accepts: asked.accepts,
                    byCurve: asked.byCurve ?? false, why: asked.why)
            },
            .bare("/plates/:plate/review", "reviewRun") {
                ReviewRun(plate: PlateID($0.parameter("plate")))
            },
            .bare("/plates/:plate/refusal", "refuseRun") {
                RefuseRun(plate: PlateID($0.parameter("plate")))
            },
            .ask("/releases", "release") { (asked: ApiAsked.Release, _) in
                if let tubes = asked.tubes { return Release(.tubes(tubes)) }
                guard asked.negatives == true else {
                    throw ApiProblem(
                        .malformed, "Nothing is named to be released.",
                        remedy: "Give `tubes`, or `negatives` with true.")
                }
                return Release(.negatives)
            },
            .ask("/recollections/:recollection/closing", "closeRecollection") {
                (asked: ApiAsked.Ending, visit) in
                CloseRecollection(
                    recollection: RecollectionID(visit.parameter("recollection")),
                    outcome: asked.outcome)
            },
            .ask("/tasks/:task/closing", "closeTask") { (asked: ApiAsked.Task, visit) in
                CloseTask(task: TaskID(visit.parameter("task")), done: asked.done)
            },
            .bare("/boxes/:box/feedback", "confirmFeedback") {
                ConfirmFeedback(box: $0.parameter("box"))
            },
            .ask("/breaches", "explainBreach") { (asked: ApiAsked.Breach, _) in
                ExplainBreach(
                    box: asked.box, rule: asked.rule, cause: asked.cause, note: asked.note ?? "")
            },
        ]
    }

    private var officeApi: [ApiRoute] {
        [
            .ask("/staff", "addPerson") { (asked: ApiAsked.Staff, _) in
                AddPerson(
                    handle: asked.handle, role: asked.role, name: asked.name,
                    scope: try Self.scope(asked.unit, asked.site))
            },
            .ask("/staff/:handle/scope", "assignScope") { (asked: ApiAsked.Place, visit) in
                AssignScope(
                    handle: visit.parameter("handle"),
                    scope: try Self.scope(asked.unit, asked.site))
            },
            .bare("/staff/:handle/retirement", "retirePerson") {
                RetirePerson(handle: $0.parameter("handle"))
            },
            .file("/programme", "adoptProgramme", mostBytes: 1 << 20) { visit in
                AdoptProgramme(text: String(decoding: visit.body, as: UTF8.self))
            },
        ]
    }

    private static func choice(_ asked: ApiAsked.Pools) throws -> FormPools.Choice {
        if let pools = asked.pools {
            return .named(
                try pools.map {
                    FormPools.Named(tubes: $0.tubes, scheme: try $0.scheme.map(scheme))
                })
        }
        return .proposed(
            PoolWishes(scheme: try asked.scheme.map(scheme), singly: asked.singly ?? []))
    }

    private static func scheme(_ text: String) throws -> PoolScheme {
        guard let scheme = PoolScheme(text: text) else {
            throw ApiProblem(
                .malformed, "The member `scheme` is no scheme.",
                remedy: "Write the sizes of its stages, such as 10>1.")
        }
        return scheme
    }

    private static func well(_ text: String) throws -> WellPosition {
        guard let well = WellPosition(text: text) else {
            throw ApiProblem(
                .malformed, "The member `well` is no well.", remedy: "Write it such as A1.")
        }
        return well
    }

    private static func scope(_ unit: String?, _ site: String?) throws -> Scope {
        switch (unit, site) {
        case (nil, nil): return .laboratory
        case (let unit?, nil): return .unit(unit)
        case (nil, let site?): return .site(site)
        default:
            throw ApiProblem(.malformed, "Somebody works for a unit or for a site, not for both.")
        }
    }
}
