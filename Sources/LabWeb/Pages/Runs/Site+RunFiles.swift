internal import HTTPTypes
internal import LabDomain
internal import LabOperations

/// A run's file with what was told of it.
private struct SentFile {
    let file: [UInt8]
    let plate: String
    let run: String?
    let map: String?

    /// What a form brings: a file that was looked at before, or a new one; nil when the one that
    /// was looked at is held no longer.
    init?(_ visit: Visit, _ held: HeldFiles) {
        if let token = visit.form["held"] {
            guard let found = held.file(token, of: visit.handle, at: visit.now) else { return nil }
            (file, plate, run, map) = (found.file, found.plate, found.run, found.map)
            return
        }
        func text(_ name: String) -> String? {
            visit.form[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        file = visit.files.first { $0.field == "file" }?.bytes ?? []
        plate = text("plate") ?? ""
        run = text("run")
        let sent = visit.files.first { $0.field == "map" && !$0.bytes.isEmpty }
        map = sent.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    var named: PlateID? { plate.isEmpty ? nil : PlateID(plate) }

    /// The import of the file; a map's faults are told under this name.
    var command: ImportRun {
        ImportRun(
            file: file, plate: named,
            hints: InstrumentHints(run: run, map: map.map { ($0, "map.yaml") }))
    }
}

extension Site {
    /// Takes a file in, or shows what would come of it; what is wrong with it is shown beside the
    /// form, and nothing is stored (WEB-83).
    @Sendable func takeFile(_ visit: Visit) async throws -> Answer {
        guard let sent = SentFile(visit, held) else {
            throw Refusal(
                .unknown, "The file that was looked at is held no longer.",
                remedy: "Choose it again.")
        }
        do {
            if let trouble = RunUpload.Trouble(foreign: sent.file, for: visit), sent.map == nil {
                return try await faulty(trouble, sent.named, visit)
            }
            return visit.form["do"] == "look"
                ? try await tried(sent, visit) : try await imported(sent, visit)
        } catch let refusal as Refusal {
            return try await faulty(.init(Explanation(refusal), for: visit), sent.named, visit)
        }
    }

    private func imported(_ sent: SentFile, _ visit: Visit) async throws -> Answer {
        let answer = try await visit.perform(sent.command)
        // An invalid run says so itself, louder than a word of success.
        return .redirect(
            "/runs/" + encoded(answer.plate.text),
            answer.isValid
                ? .done(
                    visit.words.count("run.imported", answer.samples),
                    with: answer.warnings ?? []) : nil)
    }

    /// Shows what would come of a file and holds it, so that it need not be chosen again.
    private func tried(_ sent: SentFile, _ visit: Visit) async throws -> Answer {
        let seen = try await aside {
            try laboratory.foreseeRun(sent.command, as: visit.handle, at: visit.now)
        }
        let plate = seen.answer.plate
        let token = held.hold(
            sent.file, plate: plate.text, run: sent.run, map: sent.map, of: visit.handle,
            at: visit.now)
        return try await aside {
            guard let trial = RunTrial(seen, held: token, for: visit) else { throw Missing() }
            return .page(
                Page(
                    visit.words.say("trial.title", ["plate": plate.text]), "run-trial", trial,
                    scripts: ["plate.js"]))
        }
    }
}
