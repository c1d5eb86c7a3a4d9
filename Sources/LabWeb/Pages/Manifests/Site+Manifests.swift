internal import Hummingbird
internal import LabDomain
internal import LabOperations

extension Site {
    var manifestRoutes: [Route] {
        [
            .get("/manifests", .registerManifest) { .page(try manifestsPage($0)) },
            .get("/manifests/template.csv", .registerManifest) { _ in
                .file(
                    Laboratory.manifestTemplate, type: "text/csv; charset=utf-8",
                    name: "manifest-template.csv")
            },
            .post("/manifests", .registerManifest, mostBytes: 1 << 25) { visit in
                guard let file = visit.files.first(where: { $0.field == "file" && $0.isNamed })
                else {
                    return .redirect("/manifests", .refused(visit.words.say("manifests.noFile")))
                }
                if let result = ManifestResult(foreign: file.bytes, for: visit) {
                    return .page(try await aside { try manifestsPage(visit, result) })
                }
                switch visit.form["action"] {
                case "check": return .page(try await check(file.bytes, visit))
                case "faulty": return try await faultyLines(file.bytes, visit)
                case "good": return try await register(file.bytes, .goodRowsOnly, visit)
                case "register": return try await register(file.bytes, .allOrNothing, visit)
                default: throw HTTPError(.badRequest)
                }
            },
        ]
    }

    private func manifestsPage(_ visit: Visit, _ result: ManifestResult? = nil) throws -> Page {
        let after = visit.query["after"] ?? ""
        return Page(
            visit.words.say("manifests.title"), "manifests",
            ManifestsPage(
                try laboratory.manifests(after: after, as: visit.handle), after: after,
                result: result, for: visit), scripts: ["upload.js"])
    }

    private func check(_ file: [UInt8], _ visit: Visit) async throws -> Page {
        try await aside {
            let check = try laboratory.check(manifest: file, as: visit.handle, at: visit.now)
            return try manifestsPage(visit, ManifestResult(check, of: file, for: visit))
        }
    }

    /// The lines that are not taken, to be mended and handed in again.
    private func faultyLines(_ file: [UInt8], _ visit: Visit) async throws -> Answer {
        try await aside {
            let check = try laboratory.check(manifest: file, as: visit.handle, at: visit.now)
            return .file(
                Laboratory.rejects(
                    of: file, places: check.faults.map { Refusal.Place($0) },
                    heldBack: check.heldBack, saying: { say($0, visit.language) }),
                type: "text/csv; charset=utf-8", name: "manifest-faulty-lines.csv")
        }
    }

    /// The same file is the same manifest: sending it twice registers it once.
    private func register(
        _ file: [UInt8], _ mode: RegisterManifest.Mode, _ visit: Visit
    ) async throws -> Answer {
        let command = RegisterManifest(
            file: file, mode: mode, correctsNames: visit.form["names"] != nil)
        do {
            let done = try await laboratory.performTogether(
                command, as: visit.handle, at: visit.now)
            let answer = done.answer
            let key = done.isRepeated ? "manifests.before" : "manifests.done"
            var text = visit.words.say(
                key,
                [
                    "manifest": answer.manifest.text, "tubes": "\(answer.tubes)",
                    "people": "\(answer.people)",
                ])
            let left = Set(answer.faults.map(\.line)).count + answer.heldBack.count
            if left > 0 { text += " " + visit.words.count("manifests.leftOut", left) }
            return .redirect("/manifests", .done(text))
        } catch let refusal as Refusal where !refusal.places.isEmpty {
            return .page(
                try await aside {
                    let check = try laboratory.check(
                        manifest: file, as: visit.handle, at: visit.now)
                    return try manifestsPage(
                        visit,
                        check.registered == nil
                            ? ManifestResult(refusal, of: file, for: visit)
                            : ManifestResult(check, of: file, for: visit))
                })
        }
    }
}
