internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStore

extension DemoDay {
    /// Callers work through the list: most people come again, three do not.
    mutating func callBack() throws {
        say("")
        say("-- Recollection: positive mixed tubes and rejected tubes call their people back --")
        wait(until: "16:00")
        let list = try laboratory.recollections(onlyOpen: true, as: Self.technician)
        tell("\(list.count) people are on the call list.")
        let endings: [RecollectionOutcome] = [.refused, .notFound, .movedAway]
        for (recollection, outcome) in zip(list.suffix(endings.count), endings) {
            try perform(
                CloseRecollection(recollection: recollection.recollection, outcome: outcome))
            tell("\(recollection.recollection) ends: \(outcome.rawValue).")
        }
        let coming = Set(
            list.dropLast(endings.count).map { "\($0.tube) \($0.telephone) \($0.name)" })
        var tubes: [DemoCity.FilledTube] = []
        for tube in city.tubes {
            for resident in tube.residents
            where coming.contains("\(tube.id) \(resident.telephone) \(resident.name)") {
                let code = DemoCity.sites[tube.site].code
                tubes.append(
                    city.swabAgain(resident, site: tube.site, box: "\(code)-R1", at: now))
            }
        }
        wait(until: "17:15")
        let file = ManifestFile.write(DemoCity.rows(of: tubes))
        try write(file, to: "manifests/recollection.csv")
        let answer = try perform(RegisterManifest(file: file, mode: .allOrNothing))
        tell(
            "\(answer.people) came and were swabbed one by one; \(answer.recollections) "
                + "recollections are linked to their new tubes.")
        for box in Set(tubes.map(\.box)).sorted() {
            let received = try perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
            tell("Box \(box): \(received.received) tubes received.")
        }
    }

    /// Reports go up, and the units confirm that they have their results.
    mutating func reportAndFeedBack(at clock: String) throws {
        wait(until: clock)
        let reports = try laboratory.exportReports(
            to: directory + "/reports", as: Self.supervisor, at: now)
        tell(
            "\(reports.written) reports written as XML and validated"
                + (reports.held.isEmpty ? "." : ", \(reports.held.count) held back."))
        var delivered = 0
        for box in try laboratory.boxes(onlyIncomplete: false, as: Self.supervisor) {
            do {
                delivered += try perform(
                    ConfirmFeedback(box: box.box.text), as: Self.supervisor
                ).delivered
            } catch let refusal as Refusal where refusal.code == .nothingToDo {
                continue
            }
        }
        tell("The sending units have the results of \(delivered) tubes.")
    }

    /// The day in numbers, and where everything lies.
    func summarise() throws {
        let status = try laboratory.status(as: Self.supervisor)
        let audit = try laboratory.audit(as: Self.supervisor) { _ in }
        let slowest = try laboratory.look(.seeWork, as: Self.supervisor) {
            try $0.slowestFeedback()
        }
        let singly = status.specimens + status.environmentalTubes
        let open =
            status.testsWaiting + status.answersToRelease + status.recollectionsOpen
            + status.tubesExpected
        let saved = singly - status.wells
        let lines = [
            ("people", "\(status.people)"),
            (
                "tubes",
                "\(status.tubes): \(status.mixedTubes) mixed, \(status.singleTubes) single, "
                    + "\(status.environmentalTubes) of the environment; "
                    + "\(status.tubesRejected) rejected"
            ),
            (
                "laboratory pools",
                "\(status.pools): \(status.poolsConfirmed) confirmed, "
                    + "\(status.poolsUnconfirmed) unconfirmed"
            ),
            (
                "wells run",
                "\(status.wells), controls not counted; \(status.runsInvalid) invalid run"
            ),
            ("tests saved", "\(saved) of \(singly) (\(saved * 100 / max(1, singly)) %)"),
            (
                "positives",
                "\(status.peopleDetected) people, \(status.environmentDetected) of the environment"
            ),
            ("open work", "\(open) tests, answers and calls; \(status.tasksOpen) named tasks"),
            ("slowest feedback", slowest.map { "\($0.span.text) (\($0.tube))" } ?? "none"),
            ("reports", "\(status.reports)"),
            (
                "audit",
                audit.isSound
                    ? "\(audit.facts) facts, chain whole, tables equal, conservation holds"
                    : "NOT SOUND: run swabline audit"
            ),
        ]
        say("")
        say("-- The day in numbers --")
        for (name, value) in lines {
            say("  " + name + String(repeating: " ", count: 18 - name.count) + value)
        }
        say("")
        say("Database  \(directory)/laboratory.sqlite (key beside it)")
        say("Reports   \(directory)/reports")
        say("Files     \(directory)/manifests, worklists, runs")
        if let positive = slowest?.tube {
            say("")
            say("Look around:")
            if let programFolder { say("  export PATH=\(programFolder):$PATH") }
            say("  export SWABLINE_DATABASE=\(directory)/laboratory.sqlite SWABLINE_AS=wang.fang")
            say("  swabline status; swabline clocks; swabline task list")
            say("  swabline trace \(positive)")
        }
        guard audit.isSound else {
            throw Refusal(.rule, "The demo's audit failed.", remedy: "Run swabline audit.")
        }
    }
}
