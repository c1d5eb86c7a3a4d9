import Foundation
import LabSecrets
import Testing

@Suite("The key file")
struct SecretKeyTests: ~Copyable {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func file(_ name: String) -> String { folder.appending(path: name).path }

    private func write(_ text: String, mode: Int = 0o600) throws -> String {
        let path = file("written.key")
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test("SEC-4: a key that was stored is loaded again, also through a link")
    func roundTrip() throws {
        let key = SecretKey.generate()
        try key.create(at: file("lab.key"))
        let check = Vault(key).keyCheck
        #expect(try Vault(SecretKey.load(from: file("lab.key"))).keyCheck == check)
        try FileManager.default.createSymbolicLink(
            atPath: file("link.key"), withDestinationPath: file("lab.key"))
        #expect(try Vault(SecretKey.load(from: file("link.key"))).keyCheck == check)
        let mode = try FileManager.default.attributesOfItem(atPath: file("lab.key"))
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test("SEC-5: a key file is never overwritten")
    func exists() throws {
        let taken = file("lab.key")
        try SecretKey.generate().create(at: taken)
        let before = try Data(contentsOf: URL(filePath: taken))
        #expect(throws: SecretFault.keyFileExists(path: taken)) {
            try SecretKey.generate().create(at: taken)
        }
        #expect(try Data(contentsOf: URL(filePath: taken)) == before)
    }

    @Test("SEC-5: a key file in a folder that is not there is refused with the system's reason")
    func noFolder() {
        let lost = file("no/such/folder/lab.key")
        let expected = SecretFault.system(
            step: "create it", path: lost, reason: "No such file or directory")
        #expect(throws: expected) { try SecretKey.generate().create(at: lost) }
    }

    @Test(
        "SEC-6: a key file that group or others may touch is refused, and told how to close it",
        arguments: [0o640, 0o604, 0o610, 0o602, 0o777])
    func openToOthers(_ mode: Int) throws {
        let path = try write("", mode: mode)
        let fault = #expect(throws: SecretFault.self) { try SecretKey.load(from: path) }
        #expect(fault == .keyFileOpenToOthers(path: path, mode: UInt32(mode)))
        #expect(fault?.description.contains("chmod 600 \(path)") == true)
    }

    @Test("SEC-7: what is no key file is refused by what is wrong with it")
    func wrongContent() throws {
        let header = "swabline secret key 1\n"
        let digits = String(repeating: "0f", count: 32)
        #expect(throws: SecretFault.keyFileMissing(path: file("none"))) {
            try SecretKey.load(from: file("none"))
        }
        #expect(throws: SecretFault.keyFileNotRegular(path: folder.path)) {
            try SecretKey.load(from: folder.path)
        }
        for text in ["", "\(digits)\n", "swabline secret key 2\n\(digits)\n"] {
            let path = try write(text)
            #expect(throws: SecretFault.keyFileHeader(path: path)) {
                try SecretKey.load(from: path)
            }
        }
        let broken = ["", "0f\n", "\(digits)0f\n", "\(digits.dropLast())x\n", "\(digits)\nmore\n"]
        for text in broken {
            let path = try write(header + text)
            let fault = #expect(throws: SecretFault.self) { try SecretKey.load(from: path) }
            #expect(fault == .keyFileKey(path: path))
            #expect(fault?.description.contains("0f0f") == false)
        }
        let path = try write(header + digits)
        #expect(throws: Never.self) { try SecretKey.load(from: path) }
    }

    @Test("SEC-8: a key never shows itself")
    func hidden() throws {
        let path = try write("swabline secret key 1\n\(String(repeating: "ab", count: 32))\n")
        let key = try SecretKey.load(from: path)
        var dumped = ""
        dump([key], to: &dumped)
        for shown in ["\(key)", String(reflecting: key), "\([key])", dumped] {
            #expect(!shown.contains("171") && !shown.contains("abab"))
        }
    }
}
