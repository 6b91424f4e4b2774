import Foundation
import Journal
import Reports
import Testing

@testable import TestDisks

@Suite("Report files")
struct FileTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.posixPermissions] as? Int
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")), as: UTF8.self)
    }

    @Test("a report is readable by its owner only, also if it replaces a file that others could read")
    func isPrivate() throws {
        let path = "\(folder.path)/a.html"
        try ReportFile.write("一", to: path)
        #expect(try (mode("a.html"), text("a.html")) == (0o600, "一"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try ReportFile.write("二", to: path)
        #expect(try (mode("a.html"), text("a.html")) == (0o600, "二"))
        #expect(folder.names == ["a.html"])
    }

    @Test("a missing folder is created, for its owner only")
    func createsFolder() throws {
        let path = try ReportFile.write("一", named: "b.html", in: "\(folder.path)/reports")
        #expect(path.hasSuffix("/reports/b.html"))
        #expect(try mode("reports") == 0o700)
        #expect(try mode("reports/b.html") == 0o600)
    }

    @Test(
        "if any disk call fails, the old file is intact and no other file is left", arguments: FaultyDisk.Fault.survived
    )
    func failureKeepsOldFile(fault: FaultyDisk.Fault) throws {
        let path = "\(folder.path)/a.html"
        try ReportFile.write("旧", to: path)
        var failures = 0
        for place in 1...20 {
            let disk = FaultyDisk(SystemDisk(), failing: place, with: fault, lasting: false, in: folder.path)
            do {
                try ReportFile.write("新", to: path, on: disk)
                if disk.failed.isEmpty { break }
            } catch is JournalError {
                failures += 1
                #expect(try text("a.html") == "旧", "\(disk.failed)")
                #expect(folder.names == ["a.html"], "\(disk.failed)")
            }
            try ReportFile.write("旧", to: path)
        }
        #expect(failures > 0)
    }

    @Test("a link is followed to its file; a folder or a device is never replaced")
    func linksAreFollowed() throws {
        try ReportFile.write("旧", to: "\(folder.path)/a.html")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/a.html")
        try ReportFile.write("新", to: "\(folder.path)/link")
        #expect(try text("a.html") == "新")
        #expect(folder.names == ["a.html", "link"])
        for path in [folder.path, "/dev/null", "\(folder.path)/none/a.html"] {
            #expect(throws: JournalError.self, "\(path)") { try ReportFile.write("新", to: path) }
        }
        #expect(folder.names == ["a.html", "link"])
    }

    @Test("a file that another has put under the temporary name is neither written to nor followed")
    func planted() throws {
        try ReportFile.write("mine", to: "\(folder.path)/victim")
        let former = ".r.html.\(getpid())"
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/\(former)", withDestinationPath: "\(folder.path)/victim")
        try ReportFile.write("报表", to: "\(folder.path)/r.html")
        #expect(try text("victim") == "mine" && text("r.html") == "报表")
        #expect(folder.names == [former, "r.html", "victim"])
    }

    @Test(
        "a link that another account has put into a folder of everybody is not followed",
        .enabled(if: geteuid() == 0, "only root may give a link away"))
    func plantedLink() throws {
        let link = "\(folder.path)/r.html"
        try ReportFile.write("mine", to: "\(folder.path)/victim")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(folder.path)/victim")
        try #require(chmod(folder.path, 0o1777) == 0 && lchown(link, 12_345, 12_345) == 0)
        #expect(throws: JournalError.self) { try ReportFile.write("报表", to: link) }
        #expect(try text("victim") == "mine")
        // The account's own link is followed as before.
        try #require(lchown(link, geteuid(), getegid()) == 0)
        try ReportFile.write("报表", to: link)
        #expect(try text("victim") == "报表")
    }
}
