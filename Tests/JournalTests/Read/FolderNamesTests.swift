import Foundation
import Testing

@testable import Journal

/// A folder is listed again only after a change, and each change is seen.
@Suite struct FolderNamesTests {
    private let scratch = ScratchFolder()
    private let disk = SystemDisk()

    private func make(_ name: String) throws { try Data().write(to: URL(fileURLWithPath: "\(scratch.path)/\(name)")) }

    /// As if its names had changed some seconds ago.
    private func age(_ seconds: Double) throws {
        let date = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 - seconds).rounded())
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: scratch.path)
    }

    @Test func aRecentChangeIsNotSettled() throws {
        try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
        try make("a")
        #expect(disk.settledChange(of: scratch.path) == nil)
        try age(10)
        let change = disk.settledChange(of: scratch.path)
        #expect(change != nil && change == disk.settledChange(of: scratch.path))
        // A clock that was ahead: the time says nothing.
        try age(-60)
        #expect(disk.settledChange(of: scratch.path) == nil)
        #expect(disk.settledChange(of: "\(scratch.path)/missing") == nil)
    }

    @Test func eachChangeIsSeen() throws {
        try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
        var names = FolderNames()
        for number in 1...3 {
            try make("\(number)")
            try age(Double(40 - number * 10))
            #expect(try names.list(scratch.path, on: disk).count == number)
        }
        try make("4")
        #expect(try names.list(scratch.path, on: disk).count == 4)
    }

    @Test func anUnchangedFolderIsNotListedAgain() throws {
        try FileManager.default.createDirectory(atPath: scratch.path, withIntermediateDirectories: true)
        var names = FolderNames()
        try age(30)
        #expect(try names.list(scratch.path, on: disk).isEmpty)
        let change = disk.settledChange(of: scratch.path)
        try make("unseen")
        // No file system does this by itself.
        let former = try #require(change)
        let date = Date(timeIntervalSince1970: Double(former.seconds))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: scratch.path)
        #expect(try names.list(scratch.path, on: disk).isEmpty)
    }
}
