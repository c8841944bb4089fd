"use client";

import { useEffect, useRef, useState } from "react";
import { sourcesText } from "@/components/strings/sources";
import { cn } from "@/components/ui/cn";

/** Below this nobody speaks: −60 dB is a quiet room. */
const silence = 0.001;
const quietAfterMs = 4_000;

/** How loud it is now, so that one sees that one is heard; says so when one is not. */
export function RecordingLevel({ stream, isPaused }: { stream: MediaStream; isPaused: boolean }) {
  const bar = useRef<HTMLDivElement>(null);
  const [isQuiet, setIsQuiet] = useState(false);

  useEffect(() => {
    if (isPaused) return;
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    analyser.fftSize = 1024;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let heardAt = performance.now();
    let frame = 0;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      if (loudness > silence) heardAt = performance.now();
      setIsQuiet(performance.now() - heardAt > quietAfterMs);
      // decibels, from −60 to 0, are how loud it seems
      const share = Math.max(0, Math.min(1, 1 + Math.log10(Math.max(loudness, 1e-6)) / 3));
      bar.current?.style.setProperty("transform", `scaleX(${share})`);
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      void audio.close();
    };
  }, [stream, isPaused]);

  return (
    <div className="grid gap-1.5">
      <div aria-hidden className="h-1.5 overflow-hidden rounded-1 bg-sunk-2" title={sourcesText.level}>
        <div ref={bar} className={cn("h-full origin-left scale-x-0 rounded-1 bg-accent", isPaused && "opacity-0")} />
      </div>
      <p role="status" className="min-h-4 text-1 text-ink-2">
        {isQuiet && !isPaused ? sourcesText.quiet : ""}
      </p>
    </div>
  );
}
