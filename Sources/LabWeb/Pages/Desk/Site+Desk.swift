internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var deskRoutes: [Route] {
        [
            .get("/desk", .bindPerson) { visit in
                let rules = try laboratory.deskRules(as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("desk.title"), "desk", DeskPage(rules, for: visit),
                        scripts: ["desk.js"]))
            },
            .get("/desk/hello", .verb(.bindPerson), isSignOfLife: false) { visit in
                guard let desk = visit.query["desk"], DeskEntry.isDesk(desk) else {
                    throw HTTPError(.badRequest)
                }
                let greeting = try laboratory.greeting(of: desk, as: visit.handle)
                return .json(jsonBytes(DeskHello(greeting, for: visit)))
            },
            .post("/desk/entries", .bindPerson, mostBytes: 1 << 18) { visit in
                guard let request = DeskRequest(visit.body) else { throw HTTPError(.badRequest) }
                return .json(jsonBytes(try await visit.take(request)))
            },
            .get("/desk/worker.js", .everybody) { _ in .worker(try deskWorker(), scope: "/") },
            // What the worker shows for any page while there is no network.
            .get("/desk/offline", .everybody) { visit in
                .page(
                    Page(
                        visit.words.say("deskOffline.title"), "desk-offline", [String](),
                        scripts: ["desk-offline.js"], frame: .door))
            },
            .get("/desk/tubes", .settleTube) { visit in
                let waiting = try laboratory.deskTubesToSettle(as: visit.handle, at: visit.now)
                return .page(
                    Page(
                        visit.words.say("deskTubes.title"), "desk-tubes",
                        DeskTubesPage(waiting, for: visit)))
            },
            .post("/desk/tubes/:tube/settle", .settleTube) { visit in
                guard let decision = SettleDeskTube.Decision(visit.form) else {
                    throw HTTPError(.badRequest)
                }
                let answer = try await visit.perform(
                    SettleDeskTube(
                        DeskTubeID(visit.parameter("tube")), decision,
                        note: visit.form["note"] ?? ""))
                return .redirect(
                    "/desk/tubes",
                    .done(
                        visit.words.say(
                            "deskTubes.settled",
                            [
                                "tube": answer.tube.text, "n": "\(answer.people)",
                                "state": visit.words.word("deskTubeState", answer.state),
                            ])))
            },
        ]
    }

    /// The program that answers for the desk's page while the network is down: the page itself and
    /// what it is made of.
    private func deskWorker() throws -> [UInt8] {
        guard let code = assets.file("desk-worker.js") else { throw Missing() }
        let files = [
            "swabline.css", "icon.svg", "frame.js", "desk.js", "desk-store.js", "desk-sender.js",
            "desk-fields.js", "desk-people.js", "desk-roster.js", "desk-status.js", "scanner.js",
            "sounds.js", "desk-offline.js",
        ].map { assets.path($0) }
        return Array("const files = ".utf8) + jsonBytes(files) + Array(";\n".utf8) + code.bytes
    }
}

extension SettleDeskTube.Decision {
    /// What the form of the page says.
    fileprivate init?(_ form: Fields) {
        switch form["decision"] {
        case "register": self = .register
        case "names": self = .correctNames
        case "barcode": self = .barcode(form["barcode"] ?? "")
        case "merge": self = .merge(into: DeskTubeID(form["into"] ?? ""))
        case "discard": self = .discard
        default: return nil
        }
    }
}
