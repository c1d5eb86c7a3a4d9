internal import HTTPTypes
internal import LabDomain
internal import LabOperations

extension Site {
    var assayRoutes: [Route] {
        [
            .get("/assays", .seeWork) { visit in
                let page = AssaysPage(
                    try laboratory.assaySheets(as: visit.handle), try Laboratory.readyAssays(),
                    for: visit)
                return .page(Page(visit.words.say("assays.title"), "assays", page))
            },
            .get("/assays/ready/:name", .seeWork) { visit in
                let name = visit.parameter("name")
                let page = ReadyAssayPage(name: name, text: try Laboratory.readyAssay(name))
                return .page(
                    Page(visit.words.say("assay.title", ["name": name]), "assay-ready", page))
            },
            .get("/assays/:kit", .seeWork) { visit in
                try assayPage(visit, try assaySheet(visit))
            },
            .post("/assays/:kit", .adoptProgramme, mostBytes: 1 << 20, changeAssay),
        ]
    }

    private func assaySheet(_ visit: Visit) throws -> AssaySheet {
        let sheets = try laboratory.assaySheets(as: visit.handle)
        guard let sheet = sheets.first(where: { $0.kit.rawValue == visit.parameter("kit") }) else {
            throw Missing()
        }
        return sheet
    }

    private func assayPage(
        _ visit: Visit, _ sheet: AssaySheet, changed: String? = nil, read: Assay? = nil,
        faults: [Refusal.Place] = []
    ) throws -> Answer {
        let page = AssayPage(
            sheet, changed: changed, seen: changed == nil ? nil : visit.form["seen"], read: read,
            faults: faults, for: visit)
        return .page(
            Page(
                visit.words.say("assay.title", ["name": sheet.assay.name]), "assay", page,
                status: faults.isEmpty ? .ok : .unprocessableContent))
    }

    /// Checks a changed text, or puts it into force; a faulty one comes back with its faults.
    @Sendable private func changeAssay(_ visit: Visit) async throws -> Answer {
        let sheet = try await aside { try assaySheet(visit) }
        // A browser sends every line's end as two characters.
        let text = (visit.form.untrimmed("text") ?? "").replacing("\r\n", with: "\n")
        do {
            let read = try Laboratory.assay(text, for: sheet.kit)
            guard visit.form["do"] == "adopt" else {
                return try assayPage(visit, sheet, changed: text, read: read)
            }
            let answer = try await visit.perform(
                AdoptAssay(
                    kit: sheet.kit, text: text, seen: visit.form["seen"],
                    evenWhileWaiting: visit.form["waiting"] == "yes"))
            return .redirect(
                "/assays/\(sheet.kit.rawValue)",
                .done(
                    visit.words.say(
                        answer.version == answer.earlier ? "assay.kept" : "assay.adopted",
                        ["version": answer.version])))
        } catch {
            let told = Explanation(error)
            guard told.kind == .badData || told.kind == .refused else { throw error }
            let places =
                told.places.isEmpty
                ? [
                    Refusal.Place(
                        code: "assay", message: told.message, remedy: told.remedy)
                ] : told.places
            return try assayPage(visit, sheet, changed: text, faults: places)
        }
    }
}
