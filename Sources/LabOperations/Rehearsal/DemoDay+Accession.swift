internal import LabDomain
internal import LabExchange
internal import LabStore

extension DemoDay {
    /// The three sites hand in their manifests; the first has three faults and is mended.
    mutating func collect() throws {
        say("")
        say("-- Collection: people are bound to tubes --")
        wait(until: "10:05")
        for (index, site) in DemoCity.sites.enumerated() {
            let tubes = city.tubes.filter { $0.site == index }
            let rows = DemoCity.rows(of: tubes)
            let name = "manifests/\(site.code).csv"
            if index == 0 { try handInFaulty(rows, site) }
            let file = ManifestFile.write(rows, language: index == 1 ? .chinese : .english)
            try write(file, to: name)
            let answer = try perform(RegisterManifest(file: file, mode: .allOrNothing))
            let mixed = tubes.count { $0.kind == "10:1" }
            let places = tubes.count { $0.residents.isEmpty }
            tell(
                "\(site.unit) hands in \(name): \(answer.tubes) tubes, \(answer.people) people "
                    + "(\(mixed) mixed 10:1, \(tubes.count - mixed - places) single, "
                    + "\(places) of the environment).")
            now = now.advanced(by: .minutes(5))
        }
    }

    private func handInFaulty(_ rows: [[ManifestColumn: String]], _ site: DemoCity.Site) throws {
        var faulty = rows
        // One digit mistyped, one date of tomorrow, one person swabbed into a full tube.
        let number = faulty[2][.documentNumber] ?? ""
        faulty[2][.documentNumber] = String(number.dropLast()) + (number.last == "1" ? "2" : "1")
        faulty[25][.collectedAt] = "2021-08-04 08:00"
        var eleventh = faulty[345]
        eleventh.merge(
            faulty[0].filter { [.tube, .kind, .box, .risk].contains($0.key) }
        ) { _, own in own }
        faulty.insert(eleventh, at: 10)
        let file = ManifestFile.write(faulty)
        try write(file, to: "manifests/\(site.code)-faulty.csv")
        do {
            try perform(RegisterManifest(file: file, mode: .allOrNothing))
        } catch let refusal as Refusal {
            tell("\(site.unit) hands in a manifest: \(refusal.message)")
            for place in refusal.places {
                say(
                    "         line \(place.line ?? 0), column \(place.column ?? 0): "
                        + "\(place.message) -> \(place.remedy)")
            }
            tell("The desk mends the lines and hands it in again.")
        }
    }

    /// The boxes arrive; one tube is missing at first, three are rejected.
    mutating func receive() throws {
        say("")
        say("-- Accession: boxes are received --")
        wait(until: "10:30")
        let late = city.tubes.filter { $0.box == "CJ-S2" }.last?.id
        for box in try laboratory.boxes(onlyIncomplete: true, as: Self.technician) {
            let tubes = city.tubes.filter { $0.box == box.box.text && $0.id != late }
            let answer = try perform(
                ReceiveBox(box: box.box.text, scans: tubes.map(\.id.text), goodOnly: false))
            tell(
                "Box \(box.box): \(answer.received) of \(answer.expected) tubes received"
                    + (answer.missing.isEmpty
                        ? "." : ", missing: \(answer.missing.map(\.text).joined(separator: " "))."))
            now = now.advanced(by: .minutes(4))
        }
        try reject()
        wait(until: "11:15")
        if let late {
            try perform(ReceiveBox(box: "CJ-S2", scans: [late.text], goodOnly: false))
            tell("The missing tube \(late) is found in the van and received.")
        }
    }

    private mutating func reject() throws {
        let leaking = city.tubes.last { $0.kind == "10:1" && $0.site == 1 }
        let thin = city.tubes.last { $0.kind == "1:1" && $0.site == 2 }
        let empty = city.tubes.last { $0.kind == "environment" && $0.site == 1 }
        for (tube, reason) in [
            (leaking, RejectReason.leaking), (thin, .insufficient), (empty, .noSwab),
        ] {
            guard let tube else { continue }
            let answer = try perform(RejectTube(scan: tube.id.text, reason: reason))
            tell(
                "Tube \(tube.id) rejected, \(reason.meaning): "
                    + (answer.task == nil
                        ? "\(answer.recollections.count) called back."
                        : "the place is to be sampled again."))
        }
    }
}
