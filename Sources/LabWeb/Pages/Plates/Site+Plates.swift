internal import LabDomain
internal import LabOperations
internal import LabStore

extension Site {
    var plateRoutes: [Route] {
        [
            .get("/plates", .layOutPlate) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let page = PlatesPage(
                    try visit.laboratory.plates(
                        onlyUnread: !isAll, after: after, as: visit.handle),
                    waiting: try visit.laboratory.waitingForPlates(as: visit.handle),
                    singles: try visit.laboratory.singleTubesWaiting(as: visit.handle),
                    isAll: isAll, after: after, for: visit)
                return .page(Page(visit.words.say("plates.title"), "plates", page))
            },
            .get("/plates/new", .layOutPlate) { visit in
                let wish = PlateWish(visit.query)
                let preview = try visit.laboratory.platePreview(
                    kit: wish.kit, format: wish.format, most: wish.most, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("plates.new"), "new-plate",
                        NewPlatePage(preview, most: wish.most, for: visit)))
            },
            .post("/plates", .layOutPlate, layOutPlate),
            .get("/plates/:plate", .layOutPlate) { visit in
                let sheet = try visit.plateSheet()
                let run =
                    sheet.line.state == "read"
                    ? try visit.laboratory.runReport(of: sheet.plate, as: visit.handle) : nil
                return .page(
                    Page(
                        visit.words.say("plates.plate", ["plate": sheet.plate.text]), "plate",
                        PlatePage(sheet, run: run, for: visit), scripts: ["plate.js"]))
            },
            .post("/plates/:plate/abandon", .abandonPlate, abandonPlate),
            .post("/plates/:plate/rerun", .layOutPlate) { visit in
                let answer = try await visit.perform(
                    RerunPlate(plate: PlateID(visit.parameter("plate"))))
                return .redirect(
                    "/plates/" + encoded(answer.plate.text),
                    .done(
                        visit.words.count(
                            "plates.rerunDone", answer.samples, ["plate": answer.rerunOf.text])))
            },
            .post("/plates/:plate/fail-well", .abandonPlate, failWell),
            .get("/plates/:plate/worklist.gwl", .layOutPlate) { visit in
                let worklist = try visit.robotWorklist()
                return .file(
                    worklist.gwl, type: "text/plain; charset=utf-8",
                    name: "\(worklist.plate).gwl")
            },
            .get("/plates/:plate/worklist.hamilton.csv", .layOutPlate) { visit in
                let worklist = try visit.robotWorklist()
                return .file(
                    worklist.hamilton, type: "text/csv; charset=utf-8",
                    name: "\(worklist.plate)-hamilton.csv")
            },
            .get("/plates/:plate/worklist", .layOutPlate) { visit in
                let sheet = try visit.printableSheet()
                return .page(
                    Page(
                        visit.words.say("worklist.title", ["plate": sheet.plate.text]),
                        "worklist", try WorklistPage(sheet, for: visit), scripts: ["paper.js"],
                        frame: .paper))
            },
            .get("/plates/:plate/labels", .layOutPlate) { visit in
                let sheet = try visit.printableSheet()
                let size = visit.labelSize
                let path = "/plates/" + encoded(sheet.plate.text)
                return .page(
                    Page(
                        visit.words.say("plates.plate", ["plate": sheet.plate.text]), "labels",
                        LabelsPage(
                            try Self.labels(of: sheet, size: size, visit), size: size,
                            path: path + "/labels", back: path),
                        scripts: ["paper.js"], frame: .paper))
            },
            .get("/plates/:plate/labels.zpl", .layOutPlate) { visit in
                let sheet = try visit.printableSheet()
                let size = visit.labelSize
                let labels = try Self.labels(of: sheet, size: size, visit)
                return .file(
                    Array(ZPL.text(labels, size: size).utf8), type: "text/plain; charset=utf-8",
                    name: "\(sheet.plate.text).zpl")
            },
        ]
    }

    /// One label for the plate, and one for each laboratory pool on it.
    private static func labels(
        of sheet: PlateSheet, size: LabelSize, _ visit: Visit
    ) throws -> [Label] {
        let plate = sheet.plate.text
        let pools = sheet.wells.filter { $0.kind == .pool }.map { well in
            (code: well.of?.text ?? "", note: "\(plate) \(well.position)")
        }
        let note = "\(sheet.line.assay) \(visit.site.zone.minuteText(sheet.line.laidOut.at))"
        return try Label.labels([(plate, note)] + pools, size: size, words: visit.words)
    }

    @Sendable private func layOutPlate(_ visit: Visit) async throws -> Answer {
        let wish = PlateWish(visit.form)
        guard let kit = wish.kit else { throw Missing() }
        let words = visit.words
        let seenAt =
            visit.form["seenAt"].flatMap { Int64($0) }
            .map { Timestamp(milliseconds: $0) } ?? visit.now
        let before = try await aside { try visit.laboratory.latestPlate(as: visit.handle) }
        // Somebody else's plate since the page was made: it took what the page had shown.
        let other = before.flatMap { $0.laidOut.at >= seenAt ? $0 : nil }.map {
            words.say(
                "plates.meanwhile",
                ["who": $0.laidOut.by, "time": visit.time($0.laidOut.at), "plate": $0.id.text])
        }
        do {
            let answer = try await visit.perform(
                LayOutPlate(kit: kit, format: wish.format, most: wish.most))
            let isOther = before?.id == answer.plate ? nil : other
            let done = [
                words.count("plates.done", answer.samples, ["plate": answer.plate.text]),
                answer.leftWaiting > 0
                    ? words.count("plates.leftWaiting", answer.leftWaiting) : nil,
                isOther,
            ]
            return .redirect(
                "/plates/" + encoded(answer.plate.text),
                .done(words.sentences(done.compactMap(\.self))))
        } catch let refusal as Refusal where refusal.code == .nothingToDo {
            return .redirect(
                localPath(visit.form["back"]) ?? "/plates",
                Flash(
                    isDone: false, message: words.say("plates.nothing"), remedy: other ?? "",
                    places: []))
        }
    }

    @Sendable private func failWell(_ visit: Visit) async throws -> Answer {
        let plate = PlateID(visit.parameter("plate"))
        guard let well = WellPosition(text: visit.form["well"] ?? "") else {
            throw Refusal(
                .badData, Wording(plain: visit.words.say("plates.noWell")), remedy: "")
        }
        let answer = try await visit.perform(
            FailWell(plate: plate, well: well, reason: visit.form["reason"] ?? ""))
        return .redirect(
            "/plates/" + encoded(plate.text),
            .done(
                visit.words.say(
                    "plates.failedDone",
                    ["well": answer.well.description, "code": answer.code])))
    }

    @Sendable private func abandonPlate(_ visit: Visit) async throws -> Answer {
        let plate = PlateID(visit.parameter("plate"))
        let path = "/plates/" + encoded(plate.text)
        do {
            let answer = try await visit.perform(AbandonPlate(plate: plate))
            return .redirect(
                path,
                .done(
                    visit.words.count(
                        "plates.undone", answer.testsAgain, ["plate": plate.text])))
        } catch let refusal as Refusal where refusal.code == .rule {
            // Somebody else was quicker: who and when says more than the rule does.
            let sheet = try await aside { try visit.plateSheet() }
            guard let news = PlatePage.news(of: sheet, for: visit) else { throw refusal }
            return .redirect(
                path,
                Flash(
                    isDone: false, message: visit.words.say("plates.notUndone"), remedy: news,
                    places: []))
        }
    }
}

/// What somebody wishes of the next plate, out of a query or a form.
struct PlateWish: Hashable, Sendable {
    let kit: KitRole?
    let format: PlateFormat?
    /// At least 1.
    let most: Int?

    init(_ fields: Fields) {
        kit = fields["kit"].flatMap(KitRole.init(rawValue:))
        format = fields.number("format").flatMap(PlateFormat.init(rawValue:))
        most = fields.number("most").map { max(1, $0) }
    }
}

extension Visit {
    /// The plate of the path.
    func plateSheet() throws -> PlateSheet {
        do {
            return try laboratory.plateSheet(of: PlateID(parameter("plate")), as: handle)
        } catch let refusal as Refusal where refusal.code == .unknown {
            throw Missing()
        }
    }

    /// The worklist of the path's plate as robots take it.
    func robotWorklist() throws -> Worklist {
        try laboratory.worklist(of: try printableSheet().plate, as: handle)
    }

    /// The plate of the path, when there is still something to be pipetted or kept for it.
    func printableSheet() throws -> PlateSheet {
        let sheet = try plateSheet()
        guard !sheet.isAbandoned else {
            throw Refusal(
                .rule, Wording(plain: words.say("plates.noPrint")),
                remedy: Wording(plain: PlatePage.news(of: sheet, for: self) ?? ""))
        }
        return sheet
    }
}

extension Catalogue {
    /// Sentences one after another, as the language joins them.
    func sentences(_ sentences: [String]) -> String {
        sentences.joined(separator: language == .english ? " " : "")
    }
}
