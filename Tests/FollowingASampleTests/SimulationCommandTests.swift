import Foundation
import Testing

@Suite("Simulating from the command line")
struct SimulationCommandTests {
    private func simulate(_ program: Program, _ arguments: String...) throws -> Program.Answer {
        try program.run(["simulate", "--model", "peer", "--size", "T"] + arguments)
    }

    @Test("SIM-25: the same seeds give the same bytes, however many threads work")
    func threads() throws {
        let program = try Program()
        defer { program.remove() }
        let common = ["--scenario", "E", "--seeds", "1-3", "--format", "json"]
        let base = ["simulate", "--model", "peer", "--size", "T"] + common
        let one = try program.run(base + ["--threads", "1"])
        let two = try program.run(base + ["--threads", "2"])
        let list = try program.run(base + ["--one-list"])
        #expect(one.status == 0, "\(one.errors)")
        #expect(one.output == two.output && one.output == list.output)
        let answer = try #require(
            try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any])
        let runs = try #require(answer["runs"] as? [[String: Any]])
        #expect(runs.map { $0["seed"] as? Int } == [1, 2, 3])
        let persons = runs.compactMap { $0["persons"] as? Double }
        let measures = try #require(answer["measures"] as? [String: [String: Any]])
        #expect(measures["persons"]?["mean"] as? Double == persons.reduce(0, +) / 3)
        #expect(measures.count == 29)
    }

    @Test("SIM-25: seeds that are none are refused before anything runs")
    func seeds() throws {
        let program = try Program()
        defer { program.remove() }
        for seeds in ["", "x", "5-1", "1,1", "1-", "0-99999999999"] {
            #expect(try simulate(program, "--seeds", seeds).status == 64, "\(seeds)")
        }
        #expect(try simulate(program, "--seeds", "1", "--scenario", "Z").status == 64)
    }

    @Test("QUEUE-16: the exit code says whether a table holds")
    func check() throws {
        let program = try Program()
        defer { program.remove() }
        let heading = "case,family,parameters,measure,value,kind\n"
        for (name, row, status) in [
            ("right", "Q1,M/M/1,lambda=0.5;mu=1,Wq,1.00000000000000,exact", Int32(0)),
            ("wrong", "Q1,M/M/1,lambda=0.5;mu=1,Wq,1.00000000001000,exact", 1),
            ("unstable", "Q1,M/M/1,lambda=2;mu=1,Wq,1,exact", 1),
            ("unknown", "Q1,M/X/1,lambda=2;mu=1,Wq,1,exact", 1),
            ("faulty", "Q1,M/M/1,lambda=0.5;mu=1,Wq,one,exact", 65),
        ] {
            try program.write(heading + row + "\n", to: "\(name).csv")
            let answer = try program.run("queues", "check", "\(name).csv", "--effort", "2000")
            #expect(answer.status == status, "\(name): \(answer.output)\(answer.errors)")
        }
        let without = try program.run("queues", "check", "wrong.csv", "--without", "Q1")
        #expect(without.status == 1, "nothing that was checked holds nothing")
        let json = try program.run(
            "queues", "check", "right.csv", "--effort", "2000", "--format", "json")
        #expect(json.output.contains("\"verdict\" : \"agrees\""))
        #expect(try program.run("queues", "check", "missing.csv").status == 66)
    }
}
