import { FaceAvatar } from "@/components/portraits/face-avatar";
import { chatText } from "@/components/strings/chat";
import type { FaceView } from "@/lib/faces/schemas";

type TemplateListProps = {
  id: string;
  faces: readonly FaceView[];
  active: number;
  onChoose: (username: string) => void;
};

/** Faces to bring in, above the place where their name is typed. */
export function TemplateList({ id, faces, active, onChoose }: TemplateListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={chatText.templateLabel}
      className="absolute inset-x-0 bottom-full z-10 mb-1 max-h-64 overflow-y-auto rounded-3 border border-line-2 bg-over p-1 text-2"
    >
      {faces.map((face, index) => (
        <div
          key={face.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // the field keeps the focus
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(face.username);
          }}
          className="flex min-h-10 cursor-pointer items-center gap-2 rounded-2 px-2 aria-selected:bg-accent-soft wide:min-h-8"
        >
          <FaceAvatar face={face} size={20} />
          <span className="truncate">{face.name ?? face.username}</span>
          <code className="ml-auto text-1 text-ink-3">{`\${${face.username}}`}</code>
        </div>
      ))}
    </div>
  );
}
