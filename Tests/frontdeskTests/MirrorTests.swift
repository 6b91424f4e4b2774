import Foundation
import Testing

extension Program {
    @Suite("The mirror, and mending from it")
    struct MirrorTests {
        @Test("A flipped byte and a deleted line are restored from the mirror, byte for byte")
        func mending() throws {
            let desk = try Desk()
            let mirror = try desk.file("mirror-place", "") + "-folder"
            #expect(try desk.run(["mirror", mirror]).code == 0)
            let lines = (0..<12).map { #"{"do":"visitor.arrive","name":"客\#($0)","host":"3-2-501","purpose":"快递"}"# }
            try #require(try desk.run("do --lines", input: lines.joined(separator: "\n")).code == 0)
            #expect(try desk.run("verify").code == 0)

            let segment = try #require(desk.segments().last)
            let sound = try Data(contentsOf: segment)
            var damaged = sound
            let name = try #require(damaged.range(of: Data("客3".utf8)))
            damaged[name.upperBound - 1] ^= 1
            var rows = damaged.split(separator: 0x0A)
            rows.removeAll { $0.range(of: Data("客8".utf8)) != nil }
            try (Data(rows.joined(separator: [0x0A])) + [0x0A]).write(to: segment)
            #expect(try desk.run("verify").code == 4)

            let mended = try desk.run("verify --repair")
            #expect(mended.code == 0, "\(mended)")
            #expect(mended.out.contains("已修复"))
            #expect(try Data(contentsOf: segment) == sound)
            #expect(try desk.show("gate").count == 12)
            let kept = try FileManager.default.contentsOfDirectory(atPath: segment.deletingLastPathComponent().path)
            #expect(kept.contains { $0.contains(".damaged-") })
        }

        @Test("2: a mirror inside the data would be lost with it")
        func overlap() throws {
            let desk = try Desk()
            let segment = try #require(desk.segments().last)
            let inside = segment.deletingLastPathComponent().appendingPathComponent("mirror").path
            let outcome = try desk.run(["mirror", inside])
            #expect(outcome.code == 2)
            #expect(outcome.err.contains("mirror.overlaps"), "\(outcome)")
            #expect(try desk.run("mirror").out.contains("没有镜像"))
        }
    }
}
