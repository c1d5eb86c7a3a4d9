import LabDomain
import LabOperations
import LabWeb
import Testing

@Suite("The administrator's pages")
struct AdministrationTests {
    private func changed(_ text: String, _ old: String, _ new: String) throws -> String {
        let changed = text.replacing(old, with: new)
        try #require(changed != text)
        return changed
    }

    private static func basis(of page: String) throws -> String {
        let found = page.firstMatch(of: #/name="basis" value="([0-9a-f]+)"/#)
        return String(try #require(found).1)
    }

    @Test("WEB-120: a key is shown once, on the answer itself, and opens what its role may")
    func keys() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let form = ["handle": "Scanner.1", "role": "device", "place": "", "key": "device-key-1"]
        func key(_ seen: Browser.Seen) throws -> String {
            let found = seen.body.firstMatch(of: #/swk-[0-9a-f]{64}/#)
            return String(try #require(found, "\(seen.status)").0)
        }
        let first = try key(try await browser.post("/devices", form))
        let page = try await browser.get("/devices").body
        #expect(page.contains("scanner.1") && !page.contains(first))
        #expect(try await bench.laboratory.holder(ofKey: first)?.handle == "scanner.1")
        let second = try key(try await browser.post("/devices/keys", ["handle": "scanner.1"]))
        #expect(try await bench.laboratory.holder(ofKey: first) == nil)
        #expect(try await bench.laboratory.holder(ofKey: second)?.role == .device)
        // Somebody who signs in gets no key by the way.
        #expect(try await browser.post("/devices/keys", ["handle": "technician"]).status == 404)
        _ = try await browser.post(
            "/devices/retired", ["handle": "scanner.1", "key": "device-key-2"])
        #expect(try await bench.laboratory.holder(ofKey: second) == nil)
        #expect(try await browser.get("/devices").body.contains("class=\"retired\""))
    }

    @Test("WEB-120: a program of a sending unit needs its unit, and is refused without it")
    func places() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        var form = [
            "handle": "clinic-program", "role": "sending-unit", "place": "", "back": "/devices",
            "key": "device-key-3",
        ]
        #expect(try await browser.post("/devices", form).status == 303)
        #expect(try await browser.get("/devices").body.contains("role=\"alert\""))
        (form["place"], form["key"]) = ("Unit 1", "device-key-4")
        #expect(try await browser.post("/devices", form).body.contains("swk-"))
        #expect(try await browser.get("/devices").body.contains("Unit 1"))
    }

    @Test("WEB-121: units and sites of tubes and accounts stand with who works for them")
    func units() async throws {
        let bench = try RunBench()
        try bench.receive([("1:1", 1), ("1:1", 1)], box: "B1", unit: "Unit 7", site: "Yard")
        let browser = try await bench.web.browser(.administrator)
        let units = try await browser.get("/places").body
        // Unit 1 is of an account alone, Unit 7 of tubes alone.
        #expect(units.contains("Unit 1") && units.contains("Unit 7"))
        #expect(units.contains("<span class=\"code\">sending-unit</span>"))
        let sites = try await browser.get("/places?kind=site").body
        #expect(sites.contains("Yard") && sites.contains("Gate") && !sites.contains("Unit 7"))
        let form = try await browser.get("/staff?role=sending-unit&place=Unit%207").body
        #expect(form.contains("value=\"Unit 7\""))
        #expect(form.contains("value=\"sending-unit\" selected"))
    }

    @Test("WEB-121: the parts of the list of units hold each once, in the order of the whole")
    func parts() async throws {
        let bench = try WebBench()
        let names = (0..<120).map { "Unit \(1_000 + $0)" }
        for (number, name) in names.enumerated() {
            _ = try bench.laboratory.perform(
                AddPerson(
                    handle: "unit-\(number)", role: .sendingUnit, name: nil, scope: .unit(name)),
                as: "administrator", at: bench.now)
        }
        var (seen, after): ([String], String?) = ([], "")
        while let begin = after {
            let part = try bench.laboratory.places(.unit, after: begin, as: "administrator")
            seen += part.rows.map(\.name)
            after = part.next
        }
        #expect(seen == ["Unit 1"] + names)
    }

    @Test("WEB-122: a faulty text comes back with every fault, line and column; nothing is stored")
    func faulty() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let sound = try Laboratory.shippedReceiver()
        let text = try changed(
            try changed(sound, "encoding: er7", "encoding: morse"), "port: 2575", "port: 99999")
        let basis = try Self.basis(of: try await browser.get("/new-receiver").body)
        for act in ["check", "adopt"] {
            let seen = try await browser.post(
                "/receivers", ["text": text, "act": act, "basis": basis, "key": "r-\(act)"])
            #expect(seen.status == 422)
            #expect(seen.body.contains("encoding: morse"), "the text is kept")
            let places = seen.body.matches(of: #/<p class="place">([^<]*)/#).map { "\($0.1)" }
            #expect(places.count == 2 && places[0].contains("line 10, column"), "\(places)")
            #expect(places.last?.contains("port") == true, "\(places)")
        }
        #expect(try bench.laboratory.receivers(as: "administrator").isEmpty)
    }

    @Test("WEB-122: a check stores nothing and shows what would change; adopting does it once")
    func adopted() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let text = try Laboratory.shippedReceiver()
        let windows = text.replacing("\n", with: "\r\n")
        let page = try await browser.get("/new-receiver").body
        var form = [
            "text": windows, "basis": try Self.basis(of: page), "act": "check", "key": "r-1",
        ]
        let checked = try await browser.post("/receivers", form)
        #expect(checked.status == 200 && checked.body.contains("city-cdc over mllp"))
        #expect(try bench.laboratory.receivers(as: "administrator").isEmpty)
        form["act"] = "adopt"
        #expect(try await browser.post("/receivers", form).status == 303)
        #expect(try bench.laboratory.receiverText("city-cdc", as: "administrator") == text)
        // As a new one it is there already; on its own page it keeps its name.
        form["key"] = "r-2"
        #expect(try await browser.post("/receivers", form).status == 422)
        let other = try changed(text, "name: city-cdc", "name: other-cdc")
        form.merge(["text": other, "key": "r-3"]) { $1 }
        #expect(try await browser.post("/receivers/city-cdc", form).status == 422)
        let faster = try changed(text, "every: 30 min", "every: 10 min")
        form.merge(["text": faster, "key": "r-4", "act": "check"]) { $1 }
        let changes = try await browser.post("/receivers/city-cdc", form).body
        #expect(changes.contains("schedule: { every: 10 min"))
        form.merge(["act": "adopt", "key": "r-5"]) { $1 }
        #expect(try await browser.post("/receivers/city-cdc", form).status == 303)
        // Whoever still has the old page open overwrites nothing.
        let slower = try changed(text, "every: 30 min", "every: 60 min")
        form.merge(["text": slower, "key": "r-6"]) { $1 }
        let late = try await browser.post("/receivers/city-cdc", form)
        #expect(late.status == 422 && late.body.contains("while this form was open"))
        #expect(try bench.laboratory.receiverText("city-cdc", as: "administrator") == faster)
        _ = try await browser.post("/receivers/city-cdc/retirement", ["key": "r-7"])
        #expect(try bench.laboratory.receivers(as: "administrator").allSatisfy(\.isRetired))
    }

    @Test("SEND-16: from afar nobody names files and secrets of the server that are not adopted")
    func reach() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let shipped = try Laboratory.shippedReceiver()
        let mllp = "mllp: { host: 127.0.0.1, port: 2575 }"
        func http(_ host: String, _ file: String) throws -> String {
            try changed(
                shipped, mllp,
                """
                http:
                    url: https://\(host)/hl7
                    credentials: { scheme: bearer, file: \(file) }
                """)
        }
        let folder = try changed(
            try changed(shipped, mllp, "folder: /srv/reports"), "profile: PHLabReport-Ack",
            "profile: PHLabReport-NoAck")
        let secret = try http("cdc.example", "/etc/token")
        var number = 0
        func status(_ path: String, _ text: String) async throws -> Int {
            number += 1
            let page = try await browser.get(path == "/receivers" ? "/new-receiver" : path).body
            return try await browser.post(
                path,
                [
                    "text": text, "act": "adopt", "basis": try Self.basis(of: page),
                    "key": "reach-\(number)",
                ]
            ).status
        }
        #expect(try await status("/receivers", folder) == 422)
        #expect(try await status("/receivers", secret) == 422)
        // Adopted at the server they stay, and go nowhere else.
        _ = try bench.laboratory.perform(
            AdoptReceiver(text: secret), as: "administrator", at: bench.now)
        let own = "/receivers/city-cdc"
        #expect(try await status(own, try changed(secret, "30 min", "10 min")) == 303)
        #expect(try await status(own, try http("thief.example", "/etc/token")) == 422)
        #expect(try await status(own, try http("cdc.example", "/etc/shadow")) == 422)
        #expect(try await status(own, shipped) == 303)
    }

    @Test("WEB-123: settings and programme are changed in a form, and every page has the new name")
    func rules() async throws {
        let bench = try WebBench()
        let browser = try await bench.browser(.administrator)
        let old = try bench.laboratory.rulesText(settings: true, as: "administrator")
        let name = try bench.laboratory.rules().settings.name
        let text = try changed(old, name, "Laboratory of the Second Ward")
        let page = try await browser.get("/laboratory/settings").body
        var form = [
            "text": text, "basis": try Self.basis(of: page), "act": "check", "key": "s-1",
        ]
        #expect(try await browser.post("/laboratory/settings", form).status == 200)
        #expect(try await browser.get("/laboratory").body.contains(name))
        form["act"] = "adopt"
        #expect(try await browser.post("/laboratory/settings", form).status == 303)
        let board = try await browser.get("/board").body
        #expect(board.contains("Laboratory of the Second Ward") && !board.contains(name))
        // A programme that is still to come is refused in words.
        let programme = try bench.laboratory.rulesText(settings: false, as: "administrator")
        let later = programme.replacing(
            #/effective: \d{4}-\d\d-\d\d/#, with: "effective: 2031-01-01")
        let programmePage = try await browser.get("/laboratory/programme").body
        let refused = try await browser.post(
            "/laboratory/programme",
            [
                "text": later, "basis": try Self.basis(of: programmePage), "act": "adopt",
                "key": "p-1",
            ])
        #expect(refused.status == 422 && refused.body.contains("2031-01-01"))
    }

    @Test("WEB-122: nobody but an administrator adopts anything or issues a key")
    func refused() async throws {
        let bench = try WebBench()
        for role in Role.ofPeople where role != .administrator {
            let browser = try await bench.browser(role)
            for path in ["/devices", "/devices/keys", "/receivers", "/laboratory/settings"] {
                #expect(try await browser.post(path, ["act": "adopt"]).status == 403, "\(role)")
            }
        }
    }
}
